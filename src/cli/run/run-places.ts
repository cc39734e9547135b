import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import type { RunOptions } from "./run-arguments.ts";
import { BadInput } from "../bad-input.ts";
import { isOnePath } from "./tail-paths.ts";

/** Turns what the operating system says into the one sentence that the user sees. */
function attempt(what: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`${what}: ${why}`);
  }
}

/** What a path leads to that is no regular file, in words. */
function kindOf(facts: Stats): string | undefined {
  if (facts.isDirectory()) return "a directory";
  if (facts.isFIFO()) return "a FIFO";
  if (facts.isSocket()) return "a socket";
  if (facts.isBlockDevice()) return "a block device";
  if (facts.isCharacterDevice()) return "a character device";
  return undefined;
}

/** What is at a path, if it is there and no regular file. */
function noFile(option: string, path: string): string | undefined {
  let kind: string | undefined;
  attempt(`cannot use ${option} ${path}`, () => {
    const facts = statSync(path, { throwIfNoEntry: false });
    kind = facts === undefined ? undefined : kindOf(facts);
  });
  return kind;
}

function refuseOther(option: string, path: string, advice = ""): void {
  const kind = noFile(option, path);
  if (kind !== undefined) throw new BadInput(`${option} ${path} is ${kind}${advice}`);
}

/** A file that is appended to. Only a character device, such as /dev/null, may stand for one: the others can block. */
function refuseUnwritable(option: string, path: string | undefined): void {
  if (path === undefined) return;
  const kind = noFile(option, path);
  if (kind !== undefined && kind !== "a character device") {
    throw new BadInput(`${option} ${path} is ${kind}`);
  }
  attempt(`cannot write ${option} ${path}`, () => {
    accessSync(kind === undefined && !existsSync(path) ? dirname(path) : path, constants.W_OK);
  });
}

function create(option: string, path: string | undefined): void {
  if (path === undefined) return;
  attempt(`cannot write ${option} ${path}`, () => {
    closeSync(openSync(path, "a"));
  });
}

/**
 * Looks at every place that `run` will read or write, and makes the storage path and the files that are written. A file
 * to follow need not be there yet.
 *
 * @throws BadInput if a place cannot be used as it must be.
 */
export function preparePlaces({ storage, tail, db, file, logFile }: RunOptions): void {
  for (const path of (tail ?? []).filter(isOnePath)) {
    refuseOther(
      "--tail",
      path,
      "; only regular files are followed, the rest goes to standard input",
    );
  }
  if (db !== undefined) {
    refuseOther("--db", db);
    attempt(`cannot keep offsets in --db ${db}`, () => {
      accessSync(dirname(db), constants.W_OK | constants.X_OK);
      if (existsSync(db)) accessSync(db, constants.R_OK);
    });
  }
  refuseUnwritable("--file", file);
  refuseUnwritable("--log-file", logFile);
  // Nothing was made up to here: a command line that is refused leaves nothing behind.
  attempt(`cannot use ${storage} as storage`, () => {
    mkdirSync(storage, { recursive: true });
    accessSync(storage, constants.R_OK | constants.W_OK | constants.X_OK);
  });
  create("--file", file);
  create("--log-file", logFile);
}
