import { rowsOf, type SettingRow } from "./setting-row.ts";

const { modelled, harmless, undecided } = rowsOf("service");

const time = "the model has no time: it says what can follow, not when";
const outside = "has nothing to do with chunks";
const metrics = "counts and shows, and changes nothing";

/** Every setting of `[SERVICE]` (`flb_config.c`, the table `service_configs`, to v5.1.1). */
export const serviceSettings: readonly SettingRow[] = [
  modelled("storage.path", {
    why: "without it there are no chunk files; with it, chunks of an earlier run are found again",
    cFunction: "flb_storage.c::flb_storage_create",
  }),
  modelled("storage.max_chunks_up", {
    why: "the model's X",
    cFunction: "cio_file.c::cio_file_open",
    since: [1, 2, 0],
  }),
  modelled("storage.type", {
    why: "the storage of inputs that name none, with storage.inherit",
    cFunction: "flb_storage.c::flb_storage_input_create",
    since: [4, 0, 4],
  }),
  modelled("storage.inherit", {
    why: "whether storage.type of [SERVICE] counts",
    cFunction: "flb_storage.c::flb_storage_input_create",
    since: [4, 0, 4],
  }),
  harmless("storage.sync", { why: "when a page is written to the disk" }),
  harmless("storage.checksum", {
    why: "finds damaged files; the model's files are sound",
  }),
  harmless("storage.metrics", { why: metrics }),
  modelled("storage.backlog.mem_limit", {
    why: "with 0, chunks of an earlier run are never queued and wait for ever",
    cFunction: "sb.c::cb_queue_chunks",
  }),
  modelled("storage.backlog.flush_on_shutdown", {
    why: "an ending engine puts chunks down while they are flushed",
    cFunction: "sb.c::sb_segregate_chunks",
    since: [4, 0, 3],
  }),
  harmless("storage.delete_irrecoverable_chunks", {
    why: "deletes damaged files at the start; the model's files are sound",
    since: [2, 0, 8],
    told: true,
  }),
  harmless("storage.trim_files", {
    why: "changes the size of chunk files, not their number",
    since: [2, 1, 10],
    told: true,
  }),
  modelled("storage.keep.rejected", {
    why: "copies of rejected chunks that are found at a start stay in memory, and take places of storage.max_chunks_up",
    cFunction: "flb_storage.c::flb_storage_quarantine_chunk",
    since: [4, 2, 0],
  }),
  harmless("storage.rejected.path", { why: "counts with storage.keep.rejected only" }),
  harmless("storage.rejected.limit", { why: "counts with storage.keep.rejected only" }),
  modelled("hot_reload", {
    why: "a reload pauses every input and waits until all chunks are gone, which need not happen",
    cFunction: "flb_reload.c::flb_reload",
    since: [2, 1, 0],
  }),
  modelled("hot_reload.ensure_thread_safety", {
    why: "off: a reload has a grace time, and ends",
    cFunction: "flb_reload.c::flb_reload",
  }),
  harmless("hot_reload.timeout", { why: "counts with hot_reload only" }),
  undecided("streams_file", {
    why: "its streams make chunks of their own, on disk if storage.type says so",
    cFunction: "flb_sp_stream.c::flb_sp_stream_create",
    changes: "adds",
    when: "always",
  }),
  harmless("flush", { why: time }),
  harmless("flush.adaptive", { why: time }),
  harmless("flush.adaptive.", { why: time }),
  harmless("grace", { why: "how long a shutdown waits; verdicts are about a running engine" }),
  harmless("scheduler.base", { why: time }),
  harmless("scheduler.cap", { why: time }),
  harmless("coro_stack_size", { why: outside }),
  harmless("multiline_buffer_limit", { why: "cuts records before they reach a chunk" }),
  harmless("plugins_file", {
    why: "loads plugins; an output that is not known may ask for retries",
  }),
  harmless("parsers_file", { why: outside }),
  harmless("daemon", { why: outside }),
  harmless("log_file", { why: outside }),
  harmless("log_level", { why: outside }),
  harmless("http_server", { why: metrics }),
  harmless("http_listen", { why: metrics }),
  harmless("http_port", { why: metrics }),
  harmless("http_monitor", { why: "an old name of http_server" }),
  harmless("health_check", { why: metrics }),
  harmless("hc_errors_count", { why: metrics }),
  harmless("hc_retry_failure_count", { why: metrics }),
  harmless("hc_period", { why: metrics }),
  harmless("enable_chunk_trace", { why: "traces run in an engine of their own" }),
  harmless("telemetry", { why: metrics }),
  harmless("telemetry.", { why: metrics }),
  harmless("dns.", { why: outside }),
  harmless("json.", { why: "how records are written out" }),
  harmless("sp.convert_from_str_to_num", { why: "counts with streams only" }),
  harmless("security.fips_mode", { why: outside }),
  harmless("windows.maxstdio", { why: outside }),
];
