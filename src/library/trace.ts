/** Recordings of real engines, held against the model. */
export { readTrace } from "../trace/read-trace.ts";
export type { Trace } from "../trace/read-trace.ts";
export { TraceReplay } from "../trace/trace-replay.ts";
export { TraceError } from "../trace/trace-error.ts";
