import { createReadStream, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { BadInput } from "../bad-input.ts";

/** A file to be read. */
export interface DiagnoseSource {
  /** As it is told; `-` is the standard input. */
  readonly file: string;
  /** The log that it is a part of: rotated files of one log are one engine. */
  readonly log: string;
  /** Rotated files are read oldest first; where nothing tells, in the order in which they were given. */
  readonly age: number;
}

const rotated = /(?:\.(\d{1,4})|[.-](\d{8})(?:[-T_.]?\d+)?)?(?:\.(?:gz|log))*$/i;

/** The log that a file is a part of, and its age among the files of that log. */
function sourceOf(file: string): DiagnoseSource {
  const name = file.replace(/\.gz$/i, "");
  const found = rotated.exec(name);
  const [part = "", number, day] = found ?? [];
  const log = number === undefined && day === undefined ? name : name.slice(0, -part.length);
  const plain = log.replace(/\.log$/i, "");
  // ".2" is older than ".1", and both than the file without a number; later days are younger.
  const age = number !== undefined ? Number(number) : day !== undefined ? 1e9 - Number(day) : 0;
  return { file, log: plain, age };
}

function filesIn(path: string): readonly string[] {
  if (path === "-") return [path];
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw new BadInput(
      `cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (!isFolder) return [path];
  const files = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(path, entry.name))
    .toSorted();
  if (files.length === 0) throw new BadInput(`${path}: the folder has no files`);
  return files;
}

/**
 * The files to be read, those of folders included, the oldest of a rotated log first.
 *
 * @throws BadInput for what is not there.
 */
export function diagnoseSources(paths: readonly string[]): readonly DiagnoseSource[] {
  const sources = paths.flatMap(filesIn).map(sourceOf);
  const place = new Map<string, number>();
  sources.forEach(({ log }, index) => {
    if (!place.has(log)) place.set(log, index);
  });
  return sources.toSorted(
    (a, b) => (place.get(a.log) ?? 0) - (place.get(b.log) ?? 0) || b.age - a.age,
  );
}

/** The bytes of a file; `-` is the standard input. */
export function bytesOf(file: string): AsyncIterable<Uint8Array> {
  return file === "-" ? process.stdin : createReadStream(file);
}

/** What an engine is called that only its file names. */
export function nameOf(log: string): string {
  return log === "-" ? "standard input" : basename(log);
}
