import { rowsOf, type SettingRow } from "./setting-row.ts";

const filter = rowsOf("filter");
const section = rowsOf("section");

/** Filters, and sections that matter as a whole. */
export const otherSettings: readonly SettingRow[] = [
  filter.modelled("name", {
    why: "rewrite_tag and multiline create an input, the emitter; every other filter works on records before they reach a chunk",
    cFunction: "rewrite_tag.c::emitter_create",
  }),
  filter.modelled("emitter_storage.type", { why: "the emitter's storage.type" }),
  filter.modelled("Emitter_Mem_Buf_Limit", {
    why: "the emitter's Mem_Buf_Limit, 10M by default",
    cFunction: "flb_task.c::flb_task_retry_create",
  }),
  section.undecided("custom", {
    why: "a custom plugin may create inputs and outputs of its own",
    cFunction: "calyptia.c::cb_calyptia_init",
    changes: "adds",
    when: "always",
  }),
  section.undecided("stream_task", {
    why: "a stream makes chunks of its own, on disk if storage.type says so",
    cFunction: "flb_sp_stream.c::flb_sp_stream_create",
    changes: "adds",
    when: "always",
  }),
  section.undecided("stream_processor", {
    why: "a stream makes chunks of its own, on disk if storage.type says so",
    cFunction: "flb_sp_stream.c::flb_sp_stream_create",
    changes: "adds",
    when: "always",
  }),
  section.undecided("storage.type memrb", {
    why: "a memory ring buffer deletes its oldest chunks, waiting tasks and all, by rules that are not stated yet",
    cFunction: "flb_input_chunk.c::memrb_input_chunk_release_space",
    changes: "adds",
    when: "always",
  }),
  section.undecided("a version that is not known", {
    why: "its sources were not read",
    changes: "both",
    when: "always",
  }),
];
