import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { decodeLogEvents } from "../../src/engine/core/log-event.ts";
import type { InputContext } from "../../src/engine/inputs/input-plugin.ts";
import { StdinInput } from "../../src/engine/inputs/stdin.ts";
import { TailInput } from "../../src/engine/inputs/tail.ts";
import { silentLog } from "../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../src/engine/platform/memory-file-system.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";

/** What an input is given, and the lines that it hands over. */
function collecting(): { readonly context: InputContext; readonly lines: unknown[] } {
  const lines: unknown[] = [];
  const fileSystem = new MemoryFileSystem();
  fileSystem.makeDirectory("logs");
  const context: InputContext = {
    clock: new VirtualClock(0),
    fileSystem,
    log: silentLog,
    name: "test.0",
    append: (_, data) => {
      lines.push(...decodeLogEvents(data).map(({ body }) => body["log"]));
      return true;
    },
  };
  return { context, lines };
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

it("tail cuts a line that is too long between two characters", () => {
  for (const [start, character] of [
    ["", "é"],
    ["a", "é"],
    ["ab", "€"],
    ["a", "🙂"],
  ] as const) {
    const { context, lines } = collecting();
    const text = start + character.repeat(30);
    context.fileSystem.replace("logs/in.log", encoded(`${text}\n`));
    const tail = new TailInput({ path: "logs/in.log", tag: "t", bufferSize: 16 });
    tail.start(context);
    tail.stop();
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join("")).toBe(text);
  }
});

it("tail goes on after bytes that are no text at all", () => {
  const { context, lines } = collecting();
  const noText = new Uint8Array(64).fill(0x80);
  context.fileSystem.replace("logs/in.log", new Uint8Array([...noText, ...encoded("\nnext\n")]));
  const tail = new TailInput({ path: "logs/in.log", tag: "t", bufferSize: 16 });
  tail.start(context);
  tail.stop();
  expect(lines.at(-1)).toBe("next");
});

it("both inputs take lines that end as on Windows, wherever the text is cut", async () => {
  const tailed = collecting();
  tailed.context.fileSystem.replace("logs/in.log", encoded("one\r\ntwo\r\n\r\nthree\r\n"));
  const tail = new TailInput({ path: "logs/in.log", tag: "t" });
  tail.start(tailed.context);
  tail.stop();
  expect(tailed.lines).toEqual(["one", "two", "three"]);

  const piped = collecting();
  await new Promise<void>((resolve) => {
    const text = Readable.from(["one\r\ntwo\r", "\n\r\nthr", "ee\r\n"]);
    new StdinInput(text, "t", resolve).start(piped.context);
  });
  expect(piped.lines).toEqual(tailed.lines);
});
