import fc from "fast-check";

/** Small sizes and what may happen, of every release. */
export const smallParameters = {
  chunks: fc.integer({ min: 1, max: 4 }),
  taskMapSize: fc.integer({ min: 1, max: 2 }),
  maxChunksUp: fc.integer({ min: 1, max: 2 }),
  outputs: fc.integer({ min: 1, max: 2 }),
  routing: fc.constantFrom("all" as const, "any" as const),
  retryLimit: fc.constantFrom("unlimited" as const, 1, 2),
  crash: fc.boolean(),
};
