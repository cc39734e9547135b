import type { Clock } from "../platform/clock.ts";
import type { FileSystem } from "../platform/file-system.ts";
import type { Log } from "../platform/log.ts";

/** What an input may use. */
export interface InputContext {
  readonly clock: Clock;
  readonly fileSystem: FileSystem;
  readonly log: Log;
  /** e.g. `tail.0`. */
  readonly name: string;
  /**
   * Hands packed records to the engine. False if it takes none now (paused, or no chunk to write into);
   * an input that can, keeps them and tries again.
   */
  append(tag: string, data: Uint8Array, records: number): boolean;
}

/** Where records come from. Stands for `struct flb_input_plugin`. */
export interface InputPlugin {
  /** e.g. `tail`. */
  readonly name: string;
  start(context: InputContext): void;
  /** Stops collecting; nothing is appended afterwards. */
  stop(): void;
}
