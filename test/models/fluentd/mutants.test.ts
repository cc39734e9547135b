import { afterAll, describe, expect, it } from "vitest";
import { derivedMutants } from "../../explore/mutants/derived-mutants.ts";
import { tryScope, type Tried } from "../../explore/mutants/derived-survivors.ts";
import { leftOut } from "./left-out.ts";
import { scopeOfRow, versions } from "./rows.ts";

/** Scopes in which the model does everything that it can; those of the page leave out much. */
const scopes = [
  "v1.19: slots=2 limit=1 overflow=drop race reemit=plain retryMax=2 shutdown",
  "v1.19: slots=2 limit=1 overflow=drop race reemit=plain retryMax=0",
  "v1.19: slots=2 limit=2 overflow=drop reemit=plain retryMax=2",
  "v1.19: slots=3 limit=1 overflow=drop race",
  "v1.19: slots=2 limit=1 overflow=block race shutdown crash flushAtShutdown",
  "v1.19: slots=2 limit=1 overflow=block reemit=plain shutdown retryMax=2",
  "v1.19: slots=2 limit=1 overflow=block reemit=plain shutdown retryMax=0",
  "v1.19: slots=2 limit=1 overflow=block reemit=plain shutdown secondary",
  "v1.19: slots=2 limit=1 reemit=plain retryMax=2 shutdown",
  "v1.19: slots=2 limit=1 reemit=plain retryMax=0",
  "v1.19: slots=2 limit=2 reemit=checked secondary hangs retryMax=2",
  "v1.19: slots=4 limit=3 threads=2 retryMax=0 mode=immediate",
  "v1.19: slots=2 limit=2 threads=2 retryMax=2 crash",
  "v1.19: slots=2 limit=2 retryMax=2 delayed shutdown",
  "v1.19: slots=2 limit=1 retryMax=0 delayed shutdown secondary",
  "v1.19: slots=2 limit=1 delayed secondary hangs shutdown",
  "v1.19: slots=2 limit=2 mode=lazy",
  "v1.19: slots=2 limit=1 buffer=memory shutdown crash retryMax=1",
  "v1.19: slots=2 limit=2 queuedLimit=1 threads=2 shutdown",
  "v1.12: slots=2 limit=1 retryMax=1 overflow=drop reemit=plain race",
  "v1.12: slots=2 limit=1 retryMax=1 overflow=block reemit=plain shutdown",
  "v1.12: slots=2 limit=1 retryMax=1 reemit=plain",
  "v1.12: slots=2 limit=2 retryMax=1 delayed shutdown",
  "v1.11: slots=2 limit=1 retryMax=1 overflow=drop reemit=plain race",
  "v1.11: slots=2 limit=1 retryMax=1 overflow=block reemit=plain shutdown",
  "v1.11: slots=2 limit=1 retryMax=1 reemit=plain",
  "v1.11: slots=2 limit=2 retryMax=1 delayed shutdown",
].map((words) => {
  const [name = "", ...settings] = words.split(/:? /u);
  const release = versions.find((one) => one.name === name);
  if (release === undefined) throw new Error(`${words}: no such release`);
  return {
    words,
    release,
    settings: settings.map((one) => (one.includes("=") ? one : `${one}=true`)),
  };
});

/** What makes no difference, and why. */
const equivalent: Readonly<Record<string, string>> = {};

describe("whatever is left out of the model makes a scope differ", () => {
  const tried: Tried = new Map();

  it.each(scopes)("$words", ({ release, settings }) => {
    const scope = scopeOfRow({ release, settings });
    const description = release.describe(scope.parameters);
    const before = tried.size;
    tryScope(scope, [...leftOut(description), ...derivedMutants(description)], tried);
    expect(tried.size).toBeGreaterThanOrEqual(before);
  });

  afterAll(() => {
    const survivors = [...tried].flatMap(([name, what]) => (what === "survives" ? [name] : []));
    console.log(tried.size, survivors.join("\n"));
    expect(survivors.toSorted()).toEqual(Object.keys(equivalent).toSorted());
  });
});
