import { afterAll, describe, expect, it } from "vitest";
import { tryScope, type Tried } from "../../explore/mutants/derived-survivors.ts";
import { leftOut } from "./left-out.ts";
import { askedIn, scopeOfRow } from "./rows.ts";

/** Small scopes, each with other actions. */
const scopes = [
  "v1.19: slots=2 limit=1 overflow=block race shutdown crash",
  "v1.19: slots=2 limit=2 overflow=drop reemit=plain",
  "v1.19: slots=2 limit=1 overflow=drop reemit=plain race",
  "v1.12: slots=2 limit=2 threads=2 retryMax=1",
  "v1.19: slots=3 limit=2 threads=2 retryMax=0 mode=immediate",
  "v1.19: slots=2 limit=2 threads=2 retryMax=2",
  "v1.19: slots=2 limit=1 delayed secondary shutdown",
  "v1.19: slots=2 limit=2 mode=lazy hangs",
  "v1.19: slots=2 limit=1 buffer=memory shutdown",
];

/** What makes no difference to what is counted and judged, and why. */
const noDifference: Readonly<Record<string, string>> = {
  "reemit: reemitDrop (fail takeBack) asks less: 1": "a chunk that is dropped was queued",
  "the gate without clear": "what stays queued could be emitted anew: see give-up.test.ts",
  "write: writeFails (fail clearFirst giveUp) resets less: 1": "nothing has stepped before",
};

describe("an action that the model lacks, or that asks or counts too little, makes a scope differ", () => {
  const tried: Tried = new Map();

  it.each(scopes)("%s", (words) => {
    const asked = askedIn(words);
    const scope = scopeOfRow(asked);
    const mutants = leftOut(asked.release.describe(scope.parameters));
    tryScope(scope, mutants, tried);
    expect(mutants.length).toBeGreaterThan(8);
  });

  afterAll(() => {
    const found = [...tried].flatMap(([name, what]) => (what === "survives" ? [name] : []));
    expect(found.toSorted()).toEqual(Object.keys(noDifference));
    expect(tried.size).toBeGreaterThan(60);
  });
});
