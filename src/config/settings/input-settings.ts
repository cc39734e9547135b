import { rowsOf, type SettingRow } from "./setting-row.ts";

const { modelled, harmless, undecided } = rowsOf("input");

const network = "how records come in, before there is a chunk";
const thread =
  "the input runs in a thread of its own, behind a ring buffer whose rules are not stated yet";
const gate = "pauses the input by its rate, by rules that are not stated yet";

/** What every input has (`flb_input.c::flb_input_set_property`, to v5.1.1). */
export const inputSettings: readonly SettingRow[] = [
  modelled("name", { why: "gives tags, and what chunks hold" }),
  modelled("alias", { why: "names it" }),
  modelled("tag", { why: "decides the routes", cFunction: "flb_router.c::flb_router_match" }),
  modelled("routable", {
    why: "off: its chunks are dropped at once",
    cFunction: "flb_input_chunk.c::input_chunk_append_raw",
  }),
  modelled("storage.type", {
    why: "chunks on disk are what the model is about; those in memory take tasks, but no place of storage.max_chunks_up",
    cFunction: "cio_chunk.c::cio_chunk_down",
  }),
  modelled("storage.pause_on_chunks_overlimit", {
    why: "pauses the input while the memory is full",
    cFunction: "flb_input_chunk.c::flb_input_chunk_protect",
    since: [1, 8, 7],
  }),
  modelled("Mem_Buf_Limit", {
    why: "pauses an input whose chunks are in memory; on files it puts chunks down that wait for a retry, however many routes they have",
    cFunction: "flb_task.c::flb_task_retry_create",
  }),
  undecided("threaded", {
    why: thread,
    cFunction: "flb_input_chunk.c::flb_input_chunk_ring_buffer_collector",
    since: [2, 0, 0],
    changes: "adds",
    when: "filesystem",
    otherwise: "the input runs in a thread of its own, and stores nothing on disk",
  }),
  harmless("thread.ring_buffer.", { why: "counts with threaded only" }),
  undecided("rate_gate", {
    why: gate,
    cFunction: "flb_input.c::flb_input_rate_gate_protect",
    since: [5, 1, 0],
    changes: "adds",
    when: "filesystem",
    otherwise: "pauses an input that stores nothing on disk, by its rate",
  }),
  harmless("rate_gate.", { why: "counts with rate_gate only" }),
  harmless("rate_window", { why: "counts with rate_gate only" }),
  undecided("processors.", {
    why: "this processor creates an input of its own, which is not looked at",
    cFunction: "flb_processor.c::flb_processor_unit_create",
    since: [2, 1, 0],
    changes: "adds",
    when: "emits",
    otherwise: "may drop or change records before they reach a chunk",
  }),
  modelled("routes.", {
    why: "gives a route's records chunks of their own, which go to its outputs",
    cFunction: "flb_input_log.c::split_and_append_route_payloads",
    since: [4, 2, 0],
  }),
  harmless("log_level", { why: "has nothing to do with chunks" }),
  harmless("log_suppress_interval", { why: "has nothing to do with chunks" }),
  harmless("listen", { why: network }),
  harmless("host", { why: network }),
  harmless("port", { why: network }),
  harmless("ipv6", { why: network }),
  harmless("tls", { why: network }),
  harmless("tls.", { why: network }),
  harmless("net.", { why: network }),
  harmless("oauth2.", { why: network }),
  harmless("http_server.", { why: network }),
];
