import type { Writable } from "node:stream";

import type { OutputPlugin } from "../core/structures.ts";
import { textToFlush } from "./json-lines.ts";

/**
 * Writes JSON lines to a stream, e.g. standard output. A flush is done when the stream has taken its
 * text; a reader that went away is worth a retry. Stands for `out_stdout`.
 */
export function streamOutput(stream: Writable): OutputPlugin {
  return {
    flush: (request, done) => {
      const text = textToFlush(request, "date", done);
      if (text === undefined) return;
      stream.write(text, (error) => {
        done(error === null || error === undefined ? "ok" : "retry");
      });
    },
    exit: () => undefined,
  };
}
