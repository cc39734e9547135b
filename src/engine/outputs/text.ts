import type { FileSystem } from "../platform/file-system.ts";
import type { OutputPlugin } from "../core/structures.ts";
import { toJsonLines } from "./json-lines.ts";

/**
 * Writes JSON lines through a function, e.g. to the terminal. Records that cannot be read are an error;
 * a write that fails is worth a retry. Stands for `out_stdout`.
 */
export function stdoutOutput(write: (text: string) => void): OutputPlugin {
  return {
    flush: ({ content }, done) => {
      const text = toJsonLines(content, "date");
      if (text === undefined) {
        done("error");
        return;
      }
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

/** Appends JSON lines to a file; a full disk is worth a retry. Stands for `out_file`. */
export function fileOutput(fileSystem: FileSystem, path: string): OutputPlugin {
  return stdoutOutput((text) => {
    fileSystem.append(path, new TextEncoder().encode(text));
  });
}
