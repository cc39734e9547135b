import { afterAll, describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import type { Trace } from "../../src/trace/read-trace.ts";
import type { RecordedSettings } from "../../src/trace/trace-scope.ts";
import { release as correctedFix } from "../../models/releases/corrected-fix.ts";
import { release as publishedFix } from "../../models/releases/published-fix.ts";
import { validateTrace, type TraceValidation } from "../../src/trace/validate-trace.ts";
import { deliveryMutants } from "../explore/mutants/delivery-mutants.ts";
import { dispatchMutants } from "../explore/mutants/dispatch-mutants.ts";
import { environmentMutants } from "../explore/mutants/environment-mutants.ts";
import type { Mutant } from "../explore/mutants/mutant.ts";
import { retryMutants } from "../explore/mutants/retry-mutants.ts";
import { recordingNamed, releaseFor } from "./recordings.ts";
import { linesOf, traceFrom } from "./trace-text.ts";

/** A recording up to a line; of the long ones, up to where their outputs have come back. */
function upTo(
  name: string,
  lines: number,
  then: readonly string[] = [],
): Readonly<{ name: string; settings: RecordedSettings; release: Release; trace: Trace }> {
  const recording = recordingNamed(name);
  const trace = traceFrom([...linesOf(recording).slice(0, lines), ...then]);
  return { name, settings: recording.settings, release: releaseFor(recording), trace };
}

/** Between them, these have every rule at work that was recorded; the last is killed while stuck, and started again. */
const replayed = [
  upTo("v304_tworoutes_map64_up8", 2000),
  upTo("v304_pubfix_q2_map8_up8", 2200),
  upTo("v304_corrfix_q2_map8_up8", 2200),
  upTo("v304_outage_nosat_map64_up8", 400),
  upTo("v304_deadlock_map8_up8", 1400, linesOf(recordingNamed("v304_restart_after_deadlock"))),
];

/** Wrong rules that nothing recorded contradicts, and why. */
const unseen: Readonly<Record<string, readonly string[]>> = {
  "it is about what the environment may do, and the replay lets it do anything": [
    "flushOk does not need the output online",
    "flushRetry does not need the output offline",
    "outputDown takes both outputs down",
  ],
  "no recorded build has the rule": [
    "dispatchWithoutTask does not wait for a full task map",
    "dispatchWithoutTask brings a chunk up though memory is full",
    "dispatchWithoutTask takes a task",
    "dispatchWithoutTask is left out",
    "evict is left out",
    "evict deletes the chunk",
    "evict does not wait for a full task map",
  ],
  "test/trace/park-mutants.test.ts has it": ["an exiting output leaves its mark on its chunks"],
  "no recording is configured to use the rule": [
    "ingest goes on while the input is paused",
    "settle waits for ever on a delivery that was given up",
    "one retry more than Retry_Limit",
    "flushDrop before the retries are used",
    "flushDrop without a Retry_Limit",
    "flushDrop is left out",
    "flushing for the second time, retries are forgotten",
  ],
  "it did not come to this in any recording": [
    "dispatch of a chunk that is down does not look at the task map",
    "settle waits for the chunk to be up",
    "retryFire looks for quota before it looks for memory",
    "crash keeps the counters",
    "scheduleFail of a flush does not put the chunk down first",
    "scheduleFail of a reschedule is left out",
    "scheduleFail of a flush is left out",
    "scheduleFail of a flush is possible while the output is online",
  ],
  "the process that starts again is judged on its own": ["crash forgets nothing of the deliveries"],
  "nothing is compared after a shutdown": [
    "shutdown does not stop the engine",
    "shutdown puts every chunk down",
  ],
};

function against(change: Mutant["change"], one: ReturnType<typeof upTo>): TraceValidation {
  const { describe: described } = one.release;
  const release: Release = {
    ...one.release,
    describe: (parameters) => change(described(parameters)),
  };
  return validateTrace(one.trace, release, one.settings);
}

/** The first recording that does not replay on the mutant, with the place; null where all do. */
function catcher(mutant: Mutant): string | null {
  for (const one of replayed) {
    try {
      const [difference] = against(mutant.change, one).differences;
      if (difference !== undefined) return `${one.name}:${difference.line}`;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (/which refuses it$|which does not list it:/u.test(error.message)) return "refused";
      // A rule cannot be changed that the release does not have, or that is about a second output.
      if (!/^the mutant changes nothing$|^no machine is called/.test(error.message)) throw error;
    }
  }
  return null;
}

const mutants = [...dispatchMutants, ...deliveryMutants, ...retryMutants, ...environmentMutants];
const caught = new Map<string, string | null>();

it("the rules as they are replay without a difference", () => {
  for (const one of replayed) {
    expect(against((description) => description, one).differences).toEqual([]);
  }
});

describe("a wrong rule is contradicted by what a real engine did", () => {
  const expectedToPass = Object.values(unseen).flat();

  it.each(mutants)("$name", (mutant) => {
    const by = catcher(mutant);
    caught.set(mutant.name, by);
    expect(by === null).toBe(expectedToPass.includes(mutant.name));
  });

  it("every mutant that is said to be unseen exists", () => {
    const names = mutants.map(({ name }) => name);
    expect(expectedToPass.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe("a recording of one fix is contradicted by the rules of the other", () => {
  it.each([
    ["v304_pubfix_q2_map8_up8", correctedFix, 2051, "quota_leak", 2, 1],
    ["v304_corrfix_q2_map8_up8", publishedFix, 2134, "quota_release", 1, 2],
  ] as const)("%s", (name, release, line, event, recorded, modelled) => {
    const { trace, settings } = upTo(name, 2200);
    const { differences } = validateTrace(trace, release, settings);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject({
      line,
      event,
      sentence: `the model expects the quota in use by output 0 to be ${modelled}, the trace has ${recorded}`,
    });
  });
});

afterAll(() => {
  const reasonFor = (mutant: string): string =>
    Object.entries(unseen).find(([, names]) => names.includes(mutant))?.[0] ?? "?";
  const killed = [...caught.values()].filter((by) => by !== null).length;
  const rows = [...caught].map(([mutant, by]) => `${mutant} | ${by ?? `- (${reasonFor(mutant)})`}`);
  process.stdout.write(`${rows.join("\n")}\n${killed} of ${caught.size} are contradicted\n`);
});
