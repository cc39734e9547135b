import { accessSync, closeSync, constants, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { RunOptions } from "./run-arguments.ts";
import { BadInput } from "./bad-input.ts";

/** Turns what the operating system says into the one sentence that the user sees. */
function attempt(what: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`${what}: ${why}`);
  }
}

function refuseDirectory(option: string, path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new BadInput(`${option} ${path} is a directory`);
  }
}

function appendable(option: string, path: string | undefined): void {
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
  attempt(`cannot use ${storage} as storage`, () => {
    mkdirSync(storage, { recursive: true });
    accessSync(storage, constants.R_OK | constants.W_OK | constants.X_OK);
  });
  if (tail !== undefined) refuseDirectory("--tail", tail);
  if (db !== undefined) {
    refuseDirectory("--db", db);
    attempt(`cannot keep offsets in --db ${db}`, () => {
      accessSync(dirname(db), constants.W_OK | constants.X_OK);
    });
  }
  appendable("--file", file);
  appendable("--log-file", logFile);
}
