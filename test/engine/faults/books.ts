import {
  headerSize,
  contentOffset,
  readContentLength,
} from "../../../src/engine/chunkio/layout.ts";
import { numbersIn } from "../../../src/engine/simulation/numbered-records.ts";
import type { FaultyFileSystem } from "./faulty-file-system.ts";

/** The numbers of the records in a chunk file; none if it is damaged. */
export function recordsIn(bytes: Uint8Array): readonly number[] {
  const length = readContentLength(bytes) ?? 0;
  const begin = contentOffset(bytes);
  if (begin <= headerSize || begin + length > bytes.length) return [];
  try {
    return numbersIn(bytes.subarray(begin, begin + length));
  } catch {
    return [];
  }
}

/** Which records went in, and how often each arrived where. The books believe nothing that the engine says. */
export class Books {
  /** The records that the engine took. Each is owed to every output. */
  readonly accepted = new Set<number>();
  readonly #outputs: number;
  readonly #arrivals = new Map<number, number>();
  readonly #allowed = new Map<number, number>();
  readonly #excused = new Set<number>();

  constructor(outputs: number) {
    this.#outputs = outputs;
  }

  copy(): Books {
    const copy = new Books(this.#outputs);
    for (const id of this.accepted) copy.accepted.add(id);
    for (const [key, count] of this.#arrivals) copy.#arrivals.set(key, count);
    for (const [key, count] of this.#allowed) copy.#allowed.set(key, count);
    for (const key of this.#excused) copy.#excused.add(key);
    return copy;
  }

  arrive(id: number, output: number): void {
    const key = this.#key(id, output);
    this.#arrivals.set(key, (this.#arrivals.get(key) ?? 0) + 1);
  }

  /** The delivery of a record was under way when something broke: it may arrive once more. */
  allowAgain(id: number, output: number): void {
    const key = this.#key(id, output);
    this.#allowed.set(key, (this.#allowed.get(key) ?? 0) + 1);
  }

  /** The record may stay away from this output: its retry limit was reached, or the engine has said that it is lost. */
  excuse(id: number, output: number): void {
    this.#excused.add(this.#key(id, output));
  }

  /** The process is killed now: what has arrived and is still in a file may arrive again. */
  kill(files: FaultyFileSystem): void {
    for (const path of files.files) {
      for (const id of recordsIn(files.bytes(path))) {
        for (let output = 0; output < this.#outputs; output += 1) {
          if (this.#arrivals.has(this.#key(id, output))) this.allowAgain(id, output);
        }
      }
    }
  }

  /** Outputs that still have to get the record, if the engine took it. */
  owed(id: number): number {
    if (!this.accepted.has(id)) return 0;
    let owed = 0;
    for (let output = 0; output < this.#outputs; output += 1) {
      const key = this.#key(id, output);
      if (!this.#arrivals.has(key) && !this.#excused.has(key)) owed += 1;
    }
    return owed;
  }

  /** Records that are still owed to somebody, and are not in `elsewhere`. */
  missing(elsewhere: ReadonlySet<number> = new Set()): number[] {
    return [...this.accepted].filter((id) => !elsewhere.has(id) && this.owed(id) > 0);
  }

  /** Records that arrived more often than can be explained. */
  unexplained(): number[] {
    return [...this.#arrivals]
      .filter(([key, count]) => count > 1 + (this.#allowed.get(key) ?? 0))
      .map(([key]) => Math.floor(key / this.#outputs));
  }

  /** Records that arrived though the engine did not take them. */
  strangers(): number[] {
    return [...this.#arrivals.keys()]
      .map((key) => Math.floor(key / this.#outputs))
      .filter((id) => !this.accepted.has(id));
  }

  /** Arrivals beyond the first. */
  duplicates(): number {
    return [...this.#arrivals.values()].reduce((sum, count) => sum + count - 1, 0);
  }

  #key(id: number, output: number): number {
    return id * this.#outputs + output;
  }
}
