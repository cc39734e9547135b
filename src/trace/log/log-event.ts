/** What a line of a log says of chunks and tasks. */
export type LogEvent =
  | { readonly kind: "configured" }
  | { readonly kind: "started"; readonly version: string }
  | { readonly kind: "storage"; readonly maxChunksUp: number }
  | { readonly kind: "failed"; readonly task: number }
  | { readonly kind: "delivered"; readonly task: number | null }
  | { readonly kind: "rescheduled"; readonly task: number }
  | { readonly kind: "lost"; readonly task: number }
  | { readonly kind: "dropped"; readonly task: number | null }
  | { readonly kind: "created"; readonly task: number }
  | { readonly kind: "destroyed"; readonly task: number }
  | { readonly kind: "refused" }
  | { readonly kind: "ending" }
  | { readonly kind: "ended"; readonly tasks: number };

type Reader = (found: RegExpExecArray) => LogEvent;

const task = (found: RegExpExecArray): number => Number(found[1]);

/** The lines by their texts, which are alike from v3.0 to v5.1 (the C functions that log them are named at each). */
const readers: readonly (readonly [RegExp, Reader])[] = [
  // flb_utils.c::flb_utils_print_setup
  [/^Configuration:$/, () => ({ kind: "configured" })],
  // flb_engine.c::flb_engine_start
  [/^\[fluent bit\] version=([^,\s]+)/, ([, version = ""]) => ({ kind: "started", version })],
  // flb_storage.c::print_storage_info
  [/^\[storage\] ver=.*\bmax_chunks_up=(\d+)/, (f) => ({ kind: "storage", maxChunksUp: task(f) })],
  // flb_engine.c::handle_output_event
  [
    /^\[engine\] failed to flush chunk '.*', retry in \d+ seconds: task_id=(\d+)/,
    (f) => ({ kind: "failed", task: task(f) }),
  ],
  [
    /^\[engine\] flush chunk '.*' succeeded at retry \d+: task_id=(\d+)/,
    (f) => ({ kind: "delivered", task: task(f) }),
  ],
  [
    /^\[engine\] flush backlog chunk '.*' succeeded: task_id=(\d+)/,
    (f) => ({ kind: "delivered", task: task(f) }),
  ],
  [
    /^\[engine\] chunk '.*' (?:cannot be retried|is not retried)(?:.*?task_id=(\d+))?/,
    (f) => ({ kind: "dropped", task: f[1] === undefined ? null : task(f) }),
  ],
  // out_http, out_splunk and others say so of every delivery.
  [/^\[output:[^\]]*\] .*HTTP status=2\d\d\b/, () => ({ kind: "delivered", task: null })],
  // flb_engine_dispatch.c::flb_engine_dispatch_retry
  [
    /^\[task\] re-schedule retry=\S+ (\d+) in the next \d+ seconds/,
    (f) => ({ kind: "rescheduled", task: task(f) }),
  ],
  [
    /^\[task\] retry for task (\d+) could not be re-scheduled/,
    (f) => ({ kind: "lost", task: task(f) }),
  ],
  // flb_task.c::flb_task_create, flb_task_destroy; at debug level only
  [/^\[task\] created task=\S+ id=(\d+) OK/, (f) => ({ kind: "created", task: task(f) })],
  [/^\[task\] destroy task=\S+ \(task_id=(\d+)\)/, (f) => ({ kind: "destroyed", task: task(f) })],
  // flb_input_chunk.c
  [/^\[input chunk\] no available chunk/, () => ({ kind: "refused" })],
  // flb_engine.c::flb_engine_start, flb_signals
  [/^\[engine\] (?:caught signal|service will shutdown)/, () => ({ kind: "ending" })],
  [
    /^\[engine\] service has stopped \((\d+) pending tasks\)/,
    (f) => ({ kind: "ended", tasks: task(f) }),
  ],
];

/** What a line says; null where it says nothing of chunks and tasks. */
export function logEventOf(text: string): LogEvent | null {
  for (const [pattern, read] of readers) {
    const found = pattern.exec(text);
    if (found !== null) return read(found);
  }
  return null;
}
