import { endRows } from "./reference/ends.ts";
import { inputRows } from "./reference/inputs.ts";
import { outputRows } from "./reference/outputs.ts";
import { parkRows } from "./reference/park.ts";
import { readingRows } from "./reference/readings.ts";
import type { ReferenceRow } from "./reference/reference-row.ts";
import { releaseRows } from "./reference/releases.ts";
import { storageRows } from "./reference/storage.ts";

/** Every reference row of the semantics, in the order of the page. */
export const referenceRows: readonly ReferenceRow[] = [
  ...releaseRows,
  ...parkRows,
  ...inputRows,
  ...outputRows,
  ...storageRows,
  ...endRows,
  ...readingRows,
];
