import { closeSync, openSync } from "node:fs";

/** With so many descriptors every module can be loaded, with some to spare. */
export const enoughDescriptors = 256;

/**
 * True if loading failed because this process may open too few files. Node says so (EMFILE), or that a module is not
 * there because it could not look; so this tries how many can be opened.
 */
export function tooFewDescriptors(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false;
  if (error.code === "EMFILE" || error.code === "ENFILE") return true;
  return error.code === "ERR_MODULE_NOT_FOUND" && descriptorsRunOut();
}

function descriptorsRunOut(): boolean {
  const opened: number[] = [];
  try {
    while (opened.length < enoughDescriptors) opened.push(openSync(process.execPath, "r"));
    return false;
  } catch {
    return true;
  } finally {
    for (const descriptor of opened) closeSync(descriptor);
  }
}
