import type { OutputPlugin } from "../core/structures.ts";

/** Takes everything and keeps nothing. Stands for `out_null`. */
export const nullOutput: OutputPlugin = {
  flush: (_request, done) => {
    done("ok");
  },
  exit: () => undefined,
};
