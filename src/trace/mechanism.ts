/** Mechanisms of Fluent Bit of which the model has no rules yet, in words that stand between "as with" and ", which is not modelled yet". */
export const mechanisms = {
  memoryLimit: "mem_buf_limit on a filesystem input",
  memoryInput: "storage.type memory",
  totalLimit: "storage.total_limit_size",
  unreadable: "a chunk file that cannot be opened or read",
  flushError: "FLB_ERROR",
  backlog: "storage_backlog, which loads chunk after chunk",
  deadLetter: "the dead letter queue (storage.keep.rejected)",
  flushOnShutdown: "storage.backlog.flush_on_shutdown",
} as const;

/** The name of a mechanism that is not modelled yet. */
export type Mechanism = keyof typeof mechanisms;
