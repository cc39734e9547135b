/** The limits of the engine that is judged, as far as they are known. */
export interface Limits {
  /** How many tasks it can have. */
  readonly taskMapSize: number;
  /** Whether that is told, or known by the version; otherwise it is that of the newest version. */
  readonly taskMapIsKnown: boolean;
  /** `storage.max_chunks_up`; null where nothing tells it. */
  readonly maxChunksUp: number | null;
}
