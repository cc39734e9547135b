import { afterAll, describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import { validateTrace, type TraceValidation } from "../../src/trace/validate-trace.ts";
import type { Mutant } from "../explore/mutants/mutant.ts";
import { environmentMutants } from "../explore/mutants/environment-mutants.ts";
import { parkMutants } from "../explore/mutants/park-mutants.ts";
import { cut, type Cut } from "./cuts.ts";
import { traceFrom } from "./trace-text.ts";

/** Between them, these have every rule of `park` at work that was recorded. */
const replayed = [
  "v304_park_hold_tworoutes_kill_metadata_map8_up8",
  "v304_park_hold_chaos_map4_up3",
].map(cut);

/** Wrong rules that nothing recorded contradicts, and why. */
const unseen: Readonly<Record<string, readonly string[]>> = {
  "it allows more, and an engine that does less contradicts it only where it says why": [
    "ages are ignored",
    "ages are ignored, with two outputs",
  ],
  "no recording came to it: no chunk in memory waited for a task": [
    "dispatch does not look at the task map",
  ],
  "no recorded process was killed while a flush was under way": ["crash forgets what is owed"],
  "no recording is configured to use the rule": ["flushDrop is left out"],
  "the replay itself puts the chunks of an earlier process into the queue": [
    "crash leaves the chunk of a task out of the queue",
    "crash leaves idle chunks their ages",
  ],
};

function known(release: Release, { lines, settings }: Cut): TraceValidation["knownDifferences"] {
  return validateTrace(traceFrom(lines), release, settings).knownDifferences;
}

/**
 * How a release with a wrong rule is found out by a recording: the place of the first difference, the name of a known
 * difference that the recording does not show, or that the rule has no meaning.
 */
function caughtBy({ change }: Mutant, one: Cut): string | null {
  const { name, lines, release, settings } = one;
  const { describe: described } = release;
  const wrong: Release = { ...release, describe: (parameters) => change(described(parameters)) };
  try {
    const validation = validateTrace(traceFrom(lines), wrong, settings);
    const [difference] = validation.differences;
    if (difference !== undefined) return `${name}:${difference.line}`;
    const names = known(release, one).map((found) => found.name);
    const other = validation.knownDifferences.find((found) => !names.includes(found.name));
    return other === undefined ? null : `${name}: ${other.name}`;
  } catch (error) {
    if (error instanceof Error && error.message.endsWith("which refuses it")) return "refused";
    throw error;
  }
}

const caught = new Map<string, string | null>();

it("the rules as they are replay without a difference", () => {
  for (const one of replayed) {
    expect(validateTrace(traceFrom(one.lines), one.release, one.settings).differences).toEqual([]);
  }
});

describe("a wrong rule of park is contradicted by what a real engine did", () => {
  const expectedToPass = Object.values(unseen).flat();

  it.each(parkMutants)("$name", (mutant) => {
    let by: string | null = null;
    for (const one of replayed) by ??= caughtBy(mutant, one);
    caught.set(mutant.name, by);
    expect(by === null).toBe(expectedToPass.includes(mutant.name));
  });

  it("every mutant that is said to be unseen exists", () => {
    const names = parkMutants.map(({ name }) => name);
    expect(expectedToPass.filter((name) => !names.includes(name))).toEqual([]);
  });
});

it("that an exiting output leaves its mark is contradicted by a hardened engine", () => {
  const mutant = environmentMutants.find(({ name }) => name.startsWith("an exiting output leaves"));
  if (mutant === undefined) throw new Error("no such mutant");
  const one = cut("v304_hardfix_q2_shutdown_inflight_valgrind");
  expect(caughtBy(mutant, one)).toBe(`${one.name}:4380`);
});

afterAll(() => {
  const rows = [...caught].map(([mutant, by]) => `${mutant} | ${by ?? "-"}`);
  process.stdout.write(`${rows.join("\n")}\n`);
});
