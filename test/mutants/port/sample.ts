import { createHash } from "node:crypto";
import { faultKinds, faultWords, kindOf, type Fault } from "./faults.ts";

/** Drawn of each kind, over all releases. */
const ofEachKind = 63;

const seed = "1";

function rank(fault: Fault): string {
  return createHash("sha256")
    .update(`${seed} ${faultWords(fault)}`)
    .digest("hex");
}

/** The share of a release of the faults that are tried in every run: always the same ones. */
export function drawSample(faults: readonly Fault[], releases: number): readonly Fault[] {
  const ranked = faults.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return faultKinds.flatMap((kind) =>
    ranked.filter((fault) => kindOf(fault) === kind).slice(0, Math.ceil(ofEachKind / releases)),
  );
}
