import { Stepper } from "../../compile/stepper.ts";
import type { PropertyResult, ScopeResult } from "../../explore/check-scope.ts";
import type { Lasso } from "../../explore/lasso.ts";
import { whyFair, whyWaits, type EndlessWait } from "../../inspect/tell/loop-words.ts";

/** The chunks that wait for ever, each with the output that it waits for. */
export function endlessWaits({ waits, claim }: Lasso): readonly EndlessWait[] {
  const output = claim.pending.kind === "delivery" ? claim.pending.output : null;
  return waits.map((slot) => ({ slot, output }));
}

const mostTold = 3;

/** For each step of a loop, why the chunks that wait for ever still wait after it; empty where it is as before. */
export function waitingWords(lasso: Lasso, { scope }: ScopeResult): readonly string[] {
  const told = endlessWaits(lasso).slice(0, mostTold);
  const words = lasso.loop.map(({ after }) =>
    told.map((wait) => whyWaits(new Stepper(scope, after), wait)).join("; "),
  );
  return words.map((one, index) => (one === words[index - 1] ? "" : one));
}

/** What a lasso comes to, in sentences; none where there is no lasso. */
export function lassoConclusion(
  property: PropertyResult,
  { scope }: Pick<ScopeResult, "scope">,
): readonly string[] {
  const lasso = property.lasso();
  if (lasso === null) return [];
  const states = lasso.loop.map(({ after }) => after);
  return [
    ...(states.length === 0 ? ["then nothing is left to do"] : []),
    ...whyFair(scope, states, endlessWaits(lasso)),
  ];
}
