import type { CountedSystem } from "./counting.ts";
import { provesDeparture, type Setting } from "./eventually.ts";
import type { Formula } from "./formula.ts";
import { gateTarget } from "./gate.ts";
import { joined, vacuous, type Argument } from "./lemma.ts";
import { atLeast } from "./formula.ts";
import { constant, variable } from "./linear.ts";
import type { Prover } from "./prover.ts";
import { regionOf, type Region } from "./regions.ts";
import type { Obligation } from "./smt-lib.ts";

const fairnessLine =
  "by weak fairness: what is owed to a chunk all the time is done at last, and ranks that only fall cannot fall for ever";
const passingLine = "a chunk that stays in no place for ever and returns to none leaves them all";
const deliveryLine =
  "a run that the engine makes alone is one that can happen, so the delivery at its end can happen";

/** The places that count for a total. */
function placesOf({ system }: CountedSystem, quantity: number): readonly number[] {
  return system.places
    .map(({ id }) => id)
    .filter((id) => (system.quantities[quantity]?.weights[id] ?? 0) > 0);
}

/** Every set of outputs, by increasing binary number. */
function outputSets(outputs: number): readonly (readonly number[])[] {
  const every = Array.from({ length: outputs }, (_, output) => output);
  return Array.from({ length: 2 ** outputs }, (_, bits) =>
    every.filter((output) => ((bits >> output) & 1) === 1),
  );
}

interface Question {
  readonly counted: CountedSystem;
  readonly assumed: readonly Formula[];
  readonly prover: Prover;
}

function settingOf({ counted, assumed, prover }: Question, region: Region): Setting {
  return { counted, region, assumed: [...assumed, region.formula], prover };
}

async function leaves(
  question: Question,
  region: Region,
  target: readonly number[],
): Promise<Argument | null> {
  const proof = await provesDeparture(settingOf(question, region), target);
  if (proof === null) return null;
  const { obligations, departures } = proof;
  return {
    obligations,
    departures: [{ region: region.words, target, departures }],
    unchecked: departures.length > 1 ? [fairnessLine, passingLine] : [fairnessLine],
  };
}

/** What a chunk does when an output is owed no more: by a delivery, unless the move cannot happen in the region. */
async function onlyDeliveriesEndWhatIsOwed(
  question: Question,
  region: Region,
  output: number,
): Promise<readonly Obligation[] | null> {
  const { counted, assumed, prover } = question;
  const owing = placesOf(counted, counted.system.vocabulary.owed[output] ?? -1);
  const obligations: Obligation[] = [];
  for (const action of region.actions) {
    const { from, to, delivers, output: about } = action.move;
    const ends = (place: number): boolean => !owing.includes(gateTarget(counted, action, place));
    const byItself = owing.includes(from) && ends(to) && !(delivers && about === output);
    const byGate = action.opensGate ? owing.filter(ends) : [];
    for (const place of byItself ? [from, ...byGate] : byGate) {
      const obligation: Obligation = {
        claim: `with ${region.words}: output ${output} is not robbed of a chunk by ${action.name}`,
        hypotheses: [
          ...assumed,
          region.formula,
          atLeast(variable(counted.placeNames[place] ?? "?"), constant(1)),
          action.enabled,
        ],
      };
      const { proved } = await prover.proves(obligation);
      if (!proved) return null;
      obligations.push(obligation);
    }
  }
  return obligations;
}

async function deliveryStaysPossible(
  question: Question,
  region: Region,
  output: number,
): Promise<Argument | null> {
  const obligations = await onlyDeliveriesEndWhatIsOwed(question, region, output);
  if (obligations === null) return null;
  return { obligations, departures: [], unchecked: [deliveryLine] };
}

async function recovery(question: Question): Promise<Argument | null> {
  const { system } = question.counted;
  const every = Array.from({ length: system.outputs }, (_, output) => output);
  const region = regionOf(question.counted, every, ["engine"]);
  const parts: Argument[] = [];
  const live = placesOf(question.counted, system.vocabulary.live);
  const closed = await leaves(question, region, live);
  if (closed === null) return null;
  parts.push(closed);
  for (const output of every) {
    const owing = placesOf(question.counted, system.vocabulary.owed[output] ?? -1);
    // A chunk that is closed in the end has been delivered on the way; what is no chunk needs a proof of its own.
    if (owing.some((place) => !live.includes(place))) {
      const ended = await leaves(question, region, owing);
      if (ended === null) return null;
      parts.push(ended);
    }
    const possible = await deliveryStaysPossible(question, region, output);
    if (possible === null) return null;
    parts.push(possible);
  }
  return joined(parts);
}

async function isolation(question: Question): Promise<Argument | null> {
  const { counted } = question;
  const { outputs, vocabulary } = counted.system;
  const parts: Argument[] = [];
  for (const online of outputSets(outputs)) {
    if (online.length === outputs) continue;
    for (const output of online) {
      const region = regionOf(counted, online, ["engine"]);
      const owed = placesOf(counted, vocabulary.owed[output] ?? -1);
      const ended = await leaves(question, region, owed);
      if (ended === null) return null;
      const possible = await deliveryStaysPossible(question, region, output);
      if (possible === null) return null;
      parts.push(ended, possible);
    }
  }
  return joined(parts);
}

async function isolationFair(question: Question): Promise<Argument | null> {
  const { counted } = question;
  const { outputs, vocabulary } = counted.system;
  if (outputs < 2) return vacuous;
  const online = Array.from({ length: outputs - 1 }, (_, index) => index + 1);
  const region = regionOf(counted, online, ["engine", "input"]);
  const parts: Argument[] = [];
  for (const output of online) {
    const ended = await leaves(question, region, placesOf(counted, vocabulary.owed[output] ?? -1));
    if (ended === null) return null;
    parts.push(ended);
  }
  return joined(parts);
}

async function starvation(question: Question): Promise<Argument | null> {
  const { counted } = question;
  const { outputs, vocabulary } = counted.system;
  const every = Array.from({ length: outputs }, (_, output) => output);
  const region = regionOf(counted, every, ["engine", "input"]);
  return leaves(question, region, placesOf(counted, vocabulary.live));
}

/** Proves a progress property of fair runs; `null` if that cannot be shown. */
export async function provesProgress(
  counted: CountedSystem,
  property: "recovery" | "isolation" | "isolationFair" | "starvation",
  assumed: readonly Formula[],
  prover: Prover,
): Promise<Argument | null> {
  const question: Question = { counted, assumed, prover };
  switch (property) {
    case "recovery":
      return recovery(question);
    case "isolation":
      return isolation(question);
    case "isolationFair":
      return isolationFair(question);
    case "starvation":
      return starvation(question);
  }
}
