/** What TLC said of one run. */
export interface TlcOutput {
  /** Distinct states; those up to the violation where there is one. */
  readonly states: number;
  /** Successors that were computed, over all states. */
  readonly transitions: number;
  /** The invariant that is violated, and how many actions lead there; null where none is. */
  readonly violation: { readonly invariant: string; readonly length: number } | null;
}

/**
 * Reads what TLC printed.
 *
 * @throws Error if it neither finished nor found a violated invariant; the message has the line that says why
 */
export function readTlcOutput(said: string): TlcOutput {
  const violated = /Invariant (\w+) is violated/.exec(said)?.[1];
  const counts =
    /([\d,]+) states generated, ([\d,]+) distinct states found, [\d,]+ states left on queue/.exec(
      said,
    );
  const finished = said.includes("Model checking completed. No error has been found.");
  if (counts === null || (!finished && violated === undefined)) {
    const why =
      /^Error: (.*(?:\n(?!Error:|\d|The ).*)?)/m.exec(said)?.[1] ?? said.trim().slice(-200);
    throw new Error(`TLC did not finish: ${why.replaceAll(/\s+/g, " ").trim()}`);
  }
  const [generated = 0, states = 0] = counts.slice(1).map((one) => Number(one.replaceAll(",", "")));
  const trace = said.match(/^State \d+: /gm) ?? [];
  return {
    states,
    // The initial state counts as one.
    transitions: generated - 1,
    violation: violated === undefined ? null : { invariant: violated, length: trace.length - 1 },
  };
}
