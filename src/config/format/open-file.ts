import { ConfigurationError } from "../configuration-error.ts";
import type { Position } from "../position.ts";
import type { ConfigurationFiles } from "./configuration-files.ts";

const FILE_LIMIT = 1000;
/** Characters of all files together. */
const TEXT_LIMIT = 16 * 2 ** 20;

/** A file that is being read, with the files that include it. */
interface OpenFile {
  readonly path: string;
  readonly text: string;
  /** To be called when the file has been read to its end. */
  readonly close: () => void;
}

/** Opens the files of one configuration, each at most once, as Fluent Bit insists. */
export interface FileOpener {
  readonly open: (path: string, includedAt: Position | undefined) => OpenFile;
}

function checkText(path: string, text: string): void {
  const zero = text.indexOf("\0");
  if (zero >= 0) {
    const line = text.slice(0, zero).split("\n").length;
    throw new ConfigurationError({ file: path, line }, "found a zero byte; expected a text file.");
  }
}

/** Remembers which files were read and which are open, to report a second reading or a cycle. */
export function createFileOpener(files: ConfigurationFiles): FileOpener {
  const known = new Set<string>();
  let read = 0;
  const openPaths: { readonly real: string; readonly path: string }[] = [];

  function refuseSecondReading(real: string, path: string, at: Position): void {
    const cycleStart = openPaths.findIndex((open) => open.real === real);
    if (cycleStart >= 0) {
      const cycle = [...openPaths.slice(cycleStart).map((open) => open.path), path].join(" -> ");
      throw new ConfigurationError(at, `the file includes itself: ${cycle}.`);
    }
    if (known.has(real)) {
      throw new ConfigurationError(
        at,
        `'${path}' has been read before; Fluent Bit reads each file only once.`,
      );
    }
  }

  return {
    open(path, includedAt) {
      const place = includedAt ?? { file: path };
      const content = files.read(path);
      if (content.problem !== undefined) {
        throw new ConfigurationError(
          place,
          includedAt === undefined
            ? `expected a configuration file, but ${content.problem}.`
            : `expected a file to include at '${path}', but ${content.problem}.`,
        );
      }
      const real = files.realPath(path) ?? path;
      if (includedAt !== undefined) {
        refuseSecondReading(real, path, includedAt);
      }
      if (known.size >= FILE_LIMIT) {
        throw new ConfigurationError(place, `more than ${FILE_LIMIT} files are included.`);
      }
      checkText(path, content.text);
      read += content.text.length;
      if (read > TEXT_LIMIT) {
        throw new ConfigurationError(
          place,
          `all files together are larger than ${TEXT_LIMIT / 2 ** 20} MiB.`,
        );
      }
      known.add(real);
      openPaths.push({ real, path });
      return {
        path,
        text: content.text,
        close: () => {
          openPaths.pop();
        },
      };
    },
  };
}
