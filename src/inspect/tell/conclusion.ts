import type { PageProperty } from "../page-data.ts";
import { noReturnWords } from "./no-return-words.ts";

const endings: Readonly<Record<string, string>> = {
  neverStuck:
    "The engine is stuck. Every output is online, chunks are waiting, and nothing that the engine can still do changes anything. Only a restart helps.",
  recovery:
    "The engine cannot recover. Every output is online again, but something that is owed to an output will never be delivered. Only a restart helps.",
  isolation:
    "One output is offline, and that cuts off another one that is online: nothing can be delivered to it until the first comes back.",
  isolationFair:
    "From here on the engine can be busy for ever without delivering to an output that is online.",
  noStarvation:
    "From here on the engine can be busy for ever, delivering other chunks, while one chunk is never delivered.",
  noLoss: "Data is lost: a chunk is given up that some output still waits for.",
  quotaConserved:
    "A unit of the over-limit quota has leaked: the counter is higher than the number of chunks that are charged to it, and nothing will ever lower it.",
  ownerAlive:
    "A chunk still points at an output that is destroyed: closing it writes into freed memory.",
  memoryBound: "More chunks are in memory than the limits allow.",
};

/** What the violation of a property means for someone who runs Fluent Bit. */
export function endingOf({ name, meaning }: Pick<PageProperty, "name" | "meaning">): string {
  return endings[name] ?? `Violated: ${meaning}.`;
}

/** What a step of a path means for the property that the path violates, in sentences; empty if nothing special. */
export function conclusionAt(property: PageProperty, step: number): readonly string[] {
  const { path, pointOfNoReturn } = property;
  if (path === null) return [];
  const sentences: string[] = [];
  if (pointOfNoReturn !== null && step === pointOfNoReturn + 1) {
    sentences.push(`Point of no return: from here on ${noReturnWords(property.name)}.`);
  }
  if (step >= path.length) {
    sentences.push(endingOf(property));
  }
  return sentences;
}

/** The badges of a step of a path: what happens there that a reader looks for. */
export function badgesAt(property: PageProperty, step: number): readonly string[] {
  const { path, pointOfNoReturn } = property;
  if (path === null) return [];
  return [
    ...(pointOfNoReturn !== null && step === pointOfNoReturn + 1 ? ["no return"] : []),
    ...(step === path.length && !property.hasLength ? [property.name] : []),
  ];
}
