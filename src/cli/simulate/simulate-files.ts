import { closeSync, openSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import { BadInput } from "../bad-input.ts";

const bufferedCharacters = 65_536;

/** A file that a command writes; opened early, so that a bad path is known before the work is done. */
export class ResultFile {
  readonly #path: string;
  readonly #descriptor: number;
  #buffer = "";

  /** @throws BadInput if the file cannot be written */
  constructor(path: string) {
    this.#path = path;
    this.#descriptor = attempt(path, () => openSync(path, "w"));
  }

  write(text: string): void {
    this.#buffer += text;
    if (this.#buffer.length >= bufferedCharacters) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#descriptor);
  }

  #flush(): void {
    const text = this.#buffer;
    this.#buffer = "";
    attempt(this.#path, () => {
      if (text !== "") writeFileSync(this.#descriptor, text);
    });
  }
}

/** The log file of one release among several: `story.log` becomes `story.v3.0.4.log`. */
export function logPath(path: string, release: string, isOnly: boolean): string {
  if (isOnly) return path;
  const extension = extname(path);
  return `${path.slice(0, path.length - extension.length)}.${release}${extension}`;
}

function attempt<Value>(path: string, act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new BadInput(`${path} cannot be written (${code})`);
  }
}
