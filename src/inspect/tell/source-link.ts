const sources = "https://github.com/fluent/fluent-bit/blob/v3.0.4/";

/**
 * The file of a C function in Fluent Bit v3.0.4.
 *
 * @param cFunction as the model writes it, e.g. `flb_task.c::flb_task_retry_create`
 * @returns null where the action is nobody's function, such as an outage of the network
 */
export function sourceLink(cFunction: string): string | null {
  const file = /^(\w+\.[ch])::/.exec(cFunction)?.[1];
  if (file === undefined) return null;
  const folder = file.startsWith("cio_")
    ? "lib/chunkio/src/"
    : file.endsWith(".h")
      ? "include/fluent-bit/"
      : "src/";
  return sources + folder + file;
}
