import { callWord, type ActionCall } from "../../../src/conform/action-call.ts";
import { differences } from "../../../src/conform/differences.ts";
import { SubjectFailure, type Answer } from "../../../src/conform/subject.ts";
import type { Port } from "./chunk-port.ts";
import { faultKey, type Fault } from "./faults.ts";
import { portOf } from "./ports.ts";
import type { WideScope } from "./wide-scopes.ts";

/** A port that is right remembers little beside what it reports; one that is wrong is found out before. */
const mostPairs = 100_000;

/** A call in some state of a port. */
interface Visit {
  readonly call: ActionCall;
  /** Takes the port back to where it was before the call. */
  readonly goBack: () => void;
  readonly answer: Answer;
  /** Whether the port did what it must. */
  readonly right: boolean;
}

/**
 * Takes a port into every state of a scope, with whatever else the port remembers, and tries every call there. Each visit
 * finds the port as the call left it. What a wrong answer leads to is not looked at.
 */
function* visits(port: Port, { scope, states, calls }: WideScope): Generator<Visit> {
  const words = calls.map((call) => ({ call, word: callWord(call) }));
  port.reset(scope);
  const pairs = [{ index: 0, goBack: port.saved() }];
  const seen = new Set([`0 ${port.memory()}`]);
  // The list grows while it is walked through.
  for (const { index, goBack } of pairs) {
    for (const { call, word } of words) {
      goBack();
      const answer = port.act(call);
      const to = states[index]?.next.get(word);
      const expected = states[to ?? index]?.expected ?? null;
      const right =
        "refused" in answer === (to === undefined) &&
        differences(expected, "state" in answer ? answer.state : port.state()).length === 0;
      const key = `${to ?? index} ${port.memory()}`;
      if (right && !seen.has(key)) {
        seen.add(key);
        if (seen.size > mostPairs) throw new Error("the port remembers more and more");
        pairs.push({ index: to ?? index, goBack: port.saved() });
      }
      yield { call, goBack, answer, right };
    }
  }
}

/** Whether a port does everywhere in a scope what it must. */
export function agrees(port: Port, scope: WideScope): boolean {
  try {
    for (const { right } of visits(port, scope)) {
      if (!right) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof SubjectFailure) return false;
    throw error;
  }
}

/** What a fault changes at once, in one call. */
type Effect = "nothing" | "what is remembered" | "the answer";

function effectOf(fault: Fault, port: Port, { call, goBack, answer }: Visit): Effect {
  const memory = port.memory();
  const state = port.state();
  const goOn = port.saved();
  goBack();
  port.be(fault);
  try {
    const wrong = port.act(call);
    if ("refused" in wrong !== "refused" in answer) return "the answer";
    if (differences(state, port.state()).length > 0) return "the answer";
    return port.memory() === memory ? "nothing" : "what is remembered";
  } catch (error) {
    if (error instanceof SubjectFailure) return "the answer";
    throw error;
  } finally {
    port.be(undefined);
    // Further faults are compared with what the right port did.
    goOn();
  }
}

/**
 * Which of some faults make a port do what it must not, anywhere in the scopes. A fault that changes nothing in any call in
 * any state of the right port is none; one whose first change is seen in an answer is one; any other port is tried in
 * every state that it reaches.
 */
export function differing(
  release: string,
  faults: readonly Fault[],
  scopes: readonly WideScope[],
): readonly Fault[] {
  const suspects = new Map(faults.map((one) => [faultKey(one.place, one.change, one.when), one]));
  const found = new Set<Fault>();
  for (const scope of scopes) {
    const known = new Map<string, Effect>();
    const met = new Set<string>();
    const port = portOf(release, undefined, (place, changes, circumstances) => {
      for (const [change, differs] of Object.entries(changes)) {
        if (!differs) continue;
        for (const when of ["always", ...circumstances]) met.add(faultKey(place, change, when));
      }
    });
    for (const visit of visits(port, scope)) {
      const here = [...met].filter((key) => suspects.has(key) && !known.has(key));
      for (const key of here) {
        const fault = suspects.get(key);
        if (fault === undefined) continue;
        const effect = effectOf(fault, port, visit);
        if (effect !== "nothing") known.set(key, effect);
      }
      met.clear();
    }
    for (const [key, effect] of known) {
      const fault = suspects.get(key);
      if (fault === undefined) continue;
      if (effect === "what is remembered" && agrees(portOf(release, fault), scope)) continue;
      found.add(fault);
      suspects.delete(key);
    }
  }
  return [...found];
}
