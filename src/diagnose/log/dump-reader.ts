import type { InputChunks, StorageSnapshot } from "../run/storage-snapshot.ts";

const figure = /([a-z][a-z ]*?) *: (.*)$/;

interface Draft {
  readonly figures: Map<string, number>;
}

function numberIn(value: string): number {
  const bytes = /\((\d+) bytes\)/.exec(value);
  return Number(bytes?.[1] ?? /^-?\d+/.exec(value)?.[0] ?? Number.NaN);
}

function chunksOf({ figures }: Draft): InputChunks {
  const of = (name: string): number => figures.get(name) ?? 0;
  return {
    total: of("total chunks"),
    up: of("up chunks"),
    down: of("down chunks"),
    busy: of("busy chunks"),
    busyBytes: figures.get("busy bytes") ?? null,
    overLimit: figures.has("overlimit") ? of("overlimit") === 1 : null,
  };
}

/** Reads what Fluent Bit prints when it is sent SIGCONT (`flb_dump.c::flb_dump`), line by line. */
export class DumpReader {
  #inputs = new Map<string, Draft>();
  #current: Draft | null = null;
  #inStorage = false;
  #filesystem = new Map<string, number>();
  #open = false;

  /**
   * Takes a line without a time.
   *
   * @returns what the dump says, with its last line; null before
   */
  take(line: string): StorageSnapshot | null {
    if (line.startsWith("===== Input =====")) {
      this.#inputs = new Map();
      this.#filesystem = new Map();
      this.#open = true;
      this.#inStorage = false;
      return null;
    }
    if (!this.#open) return null;
    if (line.startsWith("===== Storage Layer")) {
      this.#inStorage = true;
      return null;
    }
    return this.#inStorage ? this.#storage(line) : this.#input(line);
  }

  #input(line: string): null {
    const heading = /^(\S.*) \([\w-]+\)$/.exec(line);
    if (heading?.[1] !== undefined && !line.includes(":")) {
      this.#current = { figures: new Map() };
      this.#inputs.set(heading[1], this.#current);
      return null;
    }
    const [, name = "", value = ""] = figure.exec(line) ?? [];
    if (this.#current === null || name === "") return null;
    const { figures } = this.#current;
    if (name === "overlimit") figures.set(name, value.startsWith("yes") ? 1 : 0);
    // The last "size" of an input is that of its busy chunks; the one before, that of its tasks.
    else if (name === "size") {
      if (figures.has("busy chunks")) figures.set("busy bytes", numberIn(value));
    } else figures.set(name, numberIn(value));
    return null;
  }

  #storage(line: string): StorageSnapshot | null {
    const [, name = "", value = ""] = figure.exec(line) ?? [];
    if (name === "") return null;
    this.#filesystem.set(name, numberIn(value));
    if (name !== "down") return null;
    this.#open = false;
    const inputs = new Map([...this.#inputs].map(([input, draft]) => [input, chunksOf(draft)]));
    return {
      inputs,
      filesystem: { up: this.#filesystem.get("up") ?? 0, down: numberIn(value) },
    };
  }
}
