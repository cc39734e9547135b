import { decodeLogEvents } from "../../../src/engine/core/log-event.ts";
import type { InputContext } from "../../../src/engine/inputs/input-plugin.ts";
import { TailInput } from "../../../src/engine/inputs/tail.ts";
import { createLog } from "../../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../../src/engine/platform/memory-file-system.ts";
import { VirtualClock } from "../../../src/engine/platform/virtual-clock.ts";

/** Files in memory, a tail that follows some of them, and a taker that can refuse. */
export class FollowedWorld {
  readonly clock = new VirtualClock(1_800_000_000_000);
  readonly files = new MemoryFileSystem();
  /** Lines in the order in which they were taken. */
  readonly taken: string[] = [];
  readonly said: string[] = [];
  refuses = false;
  #tail: TailInput | undefined;

  constructor() {
    this.files.makeDirectory("/logs");
  }

  /** Starts a tail on these paths; a name that ends in `*` is a pattern. */
  start(...paths: readonly string[]): void {
    const context: InputContext = {
      clock: this.clock,
      fileSystem: this.files,
      log: createLog({
        clock: this.clock,
        level: "info",
        timeStamp: "seconds",
        write: (line) => this.said.push(line.slice(22)),
      }),
      name: "tail.0",
      append: (_, data) => {
        if (this.refuses) return false;
        for (const { body } of decodeLogEvents(data)) this.taken.push(String(body["log"]));
        return true;
      },
    };
    const find = (): readonly string[] => paths.flatMap((path) => this.#expand(path));
    this.#tail = new TailInput({ find, tag: "t", db: "/logs/.db", bufferSize: 64 });
    this.#tail.start(context);
  }

  /** Ends the tail as a kill does: what it had not written is gone. */
  kill(): void {
    this.#tail?.stop();
    this.#tail = undefined;
  }

  get runs(): boolean {
    return this.#tail !== undefined;
  }

  write(path: string, text: string): void {
    this.files.append(path, new TextEncoder().encode(text));
  }

  pass(milliseconds: number): void {
    this.clock.runUntil(this.clock.now() + milliseconds);
  }

  #expand(path: string): readonly string[] {
    if (!path.endsWith("*")) return [path];
    return this.files
      .list("/logs")
      .map(({ name }) => `/logs/${name}`)
      .filter((found) => found.startsWith(path.slice(0, -1)));
  }
}
