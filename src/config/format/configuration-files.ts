import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";

/** What came of reading a file: its text, or in a few words why there is none. */
type FileContent =
  | { readonly text: string; readonly problem?: never }
  | { readonly problem: string; readonly text?: never };

/** The file system as the reader needs it; tests pass one that lives in memory. */
export interface ConfigurationFiles {
  readonly read: (path: string) => FileContent;
  /** The entries of a folder, or undefined if it is not a folder that can be read. */
  readonly list: (folder: string) => readonly string[] | undefined;
  /** The path without symbolic links, or undefined if nothing is there. */
  readonly realPath: (path: string) => string | undefined;
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "unknown error";
}

function describeProblem(error: unknown): string {
  const code = errorCode(error);
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file";
    case "EACCES":
    case "EPERM":
      return "there is no permission to read it";
    case "EISDIR":
      return "it is a folder";
    default:
      return `it cannot be read (${code})`;
  }
}

/** Bytes that a configuration file may have: a thousand times what people write. */
const MOST_BYTES = 4 * 2 ** 20;

/** The real file system. Devices and pipes may have no end, so only regular files are read. */
export const nodeConfigurationFiles: ConfigurationFiles = {
  read(path) {
    try {
      const status = statSync(path);
      if (status.isDirectory()) {
        return { problem: "it is a folder" };
      }
      if (!status.isFile()) {
        return { problem: "it is no regular file (a device, a pipe or a socket)" };
      }
      if (status.size > MOST_BYTES) {
        return { problem: `it is larger than ${MOST_BYTES / 2 ** 20} MiB` };
      }
      return { text: readFileSync(path, "utf8") };
    } catch (error) {
      return { problem: describeProblem(error) };
    }
  },
  list(folder) {
    try {
      return readdirSync(folder);
    } catch {
      return undefined;
    }
  },
  realPath(path) {
    try {
      return realpathSync(path);
    } catch {
      return undefined;
    }
  },
};
