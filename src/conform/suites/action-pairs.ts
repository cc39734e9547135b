import { callWord } from "../action-call.ts";
import { enabledStep, type Suite } from "../suite.ts";
import { tour } from "../tour.ts";
import type { Transition, TransitionGraph } from "../transition-graph.ts";

/** Every pair of actions that can follow each other, at least once: what one leaves behind, another finds. */
export function actionPairs({ outgoing, transitions }: TransitionGraph): Suite {
  const words = new Map<string, number>();
  const byId: Transition[] = outgoing.flat();
  const wordOf = byId.map(({ call }) => {
    const word = callWord(call);
    const known = words.get(word) ?? words.size;
    words.set(word, known);
    return known;
  });
  // Node 0 is the start; node i + 1 is "transition i was taken last".
  const stepsAfter = (node: number): readonly Transition[] =>
    outgoing[node === 0 ? 0 : (byId[node - 1]?.to ?? 0)] ?? [];
  const pairs = new Set<number>();
  const rows = Array.from({ length: transitions + 1 }, (_, node) =>
    stepsAfter(node).map(({ id, call }) => {
      const goal = node === 0 ? null : (wordOf[node - 1] ?? 0) * words.size + (wordOf[id] ?? 0);
      if (goal !== null) pairs.add(goal);
      return { step: enabledStep(call), to: id + 1, goal };
    }),
  );
  const walks = tour({ outgoing: (node) => rows[node] ?? [] });
  return {
    name: "action-pairs",
    covers: `each of the ${pairs.size} pairs of actions that can follow each other`,
    tests: walks.map((steps, index) => ({ name: `walk ${index + 1}`, steps })),
  };
}
