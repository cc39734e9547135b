/** Plugins whose flush callback never returns FLB_RETRY, found in the sources at every release tag. */
const NEVER: ReadonlySet<string> = new Set([
  "counter",
  "lib",
  "null",
  "plot",
  "prometheus_exporter",
  "vivo_exporter",
]);

/**
 * Plugins that return FLB_RETRY only when they get no memory, at every release tag from v1.0.0 on.
 * The model leaves out that memory runs out, for every plugin alike.
 */
const WITHOUT_MEMORY_ONLY: ReadonlySet<string> = new Set(["exit", "flowcounter", "stdout"]);

/**
 * Whether an output may ever ask for a retry. out_file does where writing fails in `format msgpack`
 * (`file.c::cb_file_flush`); a file that cannot be opened ends a flush in FLB_ERROR.
 */
export function asksForRetries(
  plugin: string,
  setting: (key: string) => string | undefined,
): boolean {
  if (plugin === "file") return setting("format")?.toLowerCase() === "msgpack";
  return !NEVER.has(plugin) && !WITHOUT_MEMORY_ONLY.has(plugin);
}
