import type { Writable } from "node:stream";

import type { OutputPlugin } from "../core/structures.ts";
import { toJsonLines } from "./json-lines.ts";

/**
 * Writes JSON lines to a stream, e.g. standard output. A flush is done when the stream has taken its
 * text; a reader that went away is worth a retry. Stands for `out_stdout`.
 */
export function streamOutput(stream: Writable): OutputPlugin {
  return {
    flush: ({ content }, done) => {
      const text = toJsonLines(content, "date");
      if (text === undefined) {
        done("error");
        return;
      }
      stream.write(text, (error) => {
        done(error === null || error === undefined ? "ok" : "retry");
      });
    },
    exit: () => undefined,
  };
}
