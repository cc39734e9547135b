import type { FileSystem } from "../platform/file-system.ts";
import type { Log } from "../platform/log.ts";
import type { OutputPlugin } from "../core/structures.ts";
import { textToFlush } from "./json-lines.ts";

/**
 * Writes JSON lines through a function, e.g. to the terminal. Records that cannot be read are an error;
 * a write that fails is worth a retry. Stands for `out_stdout`.
 */
export function stdoutOutput(write: (text: string) => void): OutputPlugin {
  return {
    flush: (request, done) => {
      const text = textToFlush(request, "date", done);
      if (text === undefined) return;
      try {
        write(text);
        done("ok");
      } catch {
        done("retry");
      }
    },
    exit: () => undefined,
  };
}

/** Appends JSON lines to a file, a chunk's as a whole; a full disk is worth a retry. Stands for `out_file`. */
export function fileOutput(fileSystem: FileSystem, path: string, log: Log): OutputPlugin {
  return stdoutOutput((text) => {
    try {
      fileSystem.append(path, new TextEncoder().encode(text));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      log.error(() => `[output:file:file.0] cannot write ${path}: ${why}`);
      throw error;
    }
  });
}
