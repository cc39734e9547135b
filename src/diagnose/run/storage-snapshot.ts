/** Chunks of one input, as a dump or `/api/v1/storage` tells of them. */
export interface InputChunks {
  readonly total: number;
  readonly up: number;
  readonly down: number;
  /** Chunks that have a task. */
  readonly busy: number;
  /** Bytes in memory of those; chunks that are not in memory count as none. Null where it is not told. */
  readonly busyBytes: number | null;
  /** Whether `mem_buf_limit` is reached; null where it is not told. */
  readonly overLimit: boolean | null;
}

/** What is stored at one moment. */
export interface StorageSnapshot {
  readonly inputs: ReadonlyMap<string, InputChunks>;
  /** Filesystem chunks; null where they are not told. */
  readonly filesystem: { readonly up: number; readonly down: number } | null;
}

/** Chunks that have a task. */
export function busyIn(snapshot: StorageSnapshot): number {
  let busy = 0;
  for (const input of snapshot.inputs.values()) busy += input.busy;
  return busy;
}

/** Whether every chunk that has a task is out of memory, so that none is being delivered; null where it is not told. */
export function allBusyAreDown(snapshot: StorageSnapshot): boolean | null {
  let bytes = 0;
  for (const input of snapshot.inputs.values()) {
    if (input.busyBytes === null) return null;
    bytes += input.busyBytes;
  }
  return bytes === 0;
}
