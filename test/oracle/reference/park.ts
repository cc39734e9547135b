import type { ReferenceRow } from "./reference-row.ts";

/** The rows of §8: the `park` candidate. The page gives no most up for them. */
export const parkRows: readonly ReferenceRow[] = [
  {
    section: "8",
    parameters: { park: true, chunks: 2 },
    counts: { labelled: 26, canonical: 14, transitions: 66, selfLoops: 0 },
    violated: {},
    rest: "holds",
  },
  {
    section: "8",
    parameters: { park: true, chunks: 4 },
    counts: { labelled: 354, canonical: 42, transitions: 1186, selfLoops: 0 },
    violated: {},
    rest: "holds",
  },
  {
    section: "8",
    parameters: { park: true, chunks: 5, taskMapSize: 2, maxChunksUp: 2 },
    counts: { labelled: 3682, canonical: 122, transitions: 15802, selfLoops: 0 },
    violated: {},
    rest: "holds",
  },
  {
    section: "8",
    parameters: { park: true, chunks: 3, outputs: 2, routing: "any" },
    counts: { labelled: 3628, canonical: 720, transitions: 15248, selfLoops: 0 },
    violated: {},
    rest: "holds",
  },
  {
    section: "8",
    parameters: {
      park: true,
      chunks: 4,
      taskMapSize: 2,
      maxChunksUp: 2,
      outputs: 2,
      routing: "any",
    },
    counts: { labelled: 108420, canonical: 6012, transitions: 574200, selfLoops: 0 },
    violated: {},
    rest: "holds",
  },
  {
    section: "8",
    parameters: { park: true, chunks: 3, outputs: 3, routing: "any" },
    counts: { labelled: 104792, canonical: 18752, transitions: 556776, selfLoops: 0 },
    violated: {},
    rest: "holds",
  },
  {
    section: "8",
    parameters: { park: true, chunks: 3, outputs: 2, routing: "any", crash: true },
    counts: { labelled: 3736, canonical: 760, transitions: 19524, selfLoops: 256 },
    violated: {},
    rest: "holds",
  },
  {
    section: "8",
    parameters: { park: true, chunks: 3, outputs: 2, routing: "any", retryLimit: 1 },
    counts: { labelled: 18748, canonical: 3432, transitions: 71420, selfLoops: 0 },
    violated: {},
    rest: "holds",
  },
  {
    section: "8",
    parameters: { park: true, chunks: 3, outputs: 2, routing: "any", retryLimit: 1, crash: true },
    counts: { labelled: 18856, canonical: 3472, transitions: 90816, selfLoops: 256 },
    violated: {},
    rest: "holds",
  },
];
