import { rowsOf, type SettingRow } from "./setting-row.ts";

const { modelled, harmless, undecided } = rowsOf("output");

const network = "how and when a flush ends; the model has every outcome, but one that never comes";

/** What every output has (`flb_output.c::flb_output_set_property`, to v5.1.1). */
export const outputSettings: readonly SettingRow[] = [
  modelled("name", { why: "some outputs never ask for a retry; some take no logs" }),
  modelled("alias", { why: "names it" }),
  modelled("match", { why: "decides the routes", cFunction: "flb_router.c::router_match" }),
  modelled("match_regex", { why: "decides the routes", cFunction: "flb_router.c::router_match" }),
  modelled("retry_limit", {
    why: "how often a delivery is tried again",
    cFunction: "flb_task.c::flb_task_retry_create",
  }),
  modelled("storage.total_limit_size", {
    why: "when the disk space is used up, the oldest chunks lose this route, or are deleted",
    cFunction: "flb_input_chunk.c::flb_input_chunk_find_space_new_data",
    since: [1, 6, 0],
  }),
  undecided("processors.", {
    why: "a flush whose processor leaves nothing, or fails, never starts, and its task never ends",
    cFunction: "flb_output.h::flb_output_flush_create",
    since: [2, 1, 0],
    changes: "adds",
    when: "reached",
    otherwise: "no chunk on disk is for this output",
  }),
  harmless("workers", {
    why: "flushes run in threads, their outcomes come to the engine's own, one by one",
    told: true,
  }),
  harmless("log_level", { why: "has nothing to do with chunks" }),
  harmless("log_suppress_interval", { why: "has nothing to do with chunks" }),
  harmless("host", { why: network }),
  harmless("port", { why: network }),
  harmless("ipv6", { why: network }),
  harmless("tls", { why: network }),
  harmless("tls.", { why: network }),
  harmless("net.", { why: network }),
  harmless("oauth2.", { why: network }),
  harmless("http_server.", { why: network }),
  harmless("keepalive", { why: network }),
  harmless("keepalive_timeout", { why: network }),
];
