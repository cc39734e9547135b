import { describe, expect, it } from "vitest";
import type { EventKind } from "../../src/trace/trace-event.ts";
import { validateTrace } from "../../src/trace/validate-trace.ts";
import { cut, type Cut } from "./cuts.ts";
import { parsed, traceFrom, withFields } from "./trace-text.ts";

/** The events that are tampered with: those that only these builds write, and those that `park` uses in its own way. */
const tampered: Readonly<Record<string, readonly EventKind[]>> = {
  v304_park_hold_tworoutes_kill_metadata_map8_up8: [
    "park",
    "gate",
    "backlog",
    "flush_retry",
    "task_create",
    "task_destroy",
  ],
  v304_park_rest_tworoutes_map64_up8: ["recall"],
  v304_park_hold_corrupt_map8_up8: ["turn_lost"],
  v304_hardfix_q2_shutdown_inflight_valgrind: ["quota_detach"],
};

/** How often an event of each kind is tampered with, in each trace. */
const samples = 2;

/** How many lines are read on after the one that was tampered with: a chunk's turn comes again, and the gate opens, within these. */
const readOn = 320;

interface Sample {
  readonly one: Cut;
  readonly kind: EventKind;
  readonly line: number;
}

/** The last few events of each kind, where enough follows. */
function sampled([name, kinds]: readonly [string, readonly EventKind[]]): readonly Sample[] {
  const one = cut(name);
  const { events } = traceFrom(one.lines);
  return kinds.flatMap((kind) =>
    events
      .filter((event) => event.kind === kind && event.line < one.lines.length - 40)
      .slice(-samples)
      .map(({ line }) => ({ one, kind, line })),
  );
}

const chosen = Object.entries(tampered).flatMap(sampled);

/** The line at which a trace is found to be wrong, or no trace that can be decided; null where it is not. */
function wrongAt({ release, settings }: Cut, lines: readonly string[]): number | null {
  const { differences, notModelled } = validateTrace(traceFrom(lines), release, settings);
  return differences[0]?.line ?? notModelled?.line ?? null;
}

/** The samples that are not found, tampered with like this; those that it does not concern are left out. */
function missed(tamper: (sample: Sample) => readonly string[] | null): readonly string[] {
  return chosen
    .filter((sample) => {
      const lines = tamper(sample)?.slice(0, sample.line + readOn);
      return lines !== undefined && wrongAt(sample.one, lines) === null;
    })
    .map(({ one, kind, line }) => `${one.name}:${line}: ${kind}`);
}

it("every kind of event is there to be tampered with", () => {
  const kinds = Object.values(tampered).flat();
  expect(chosen).toHaveLength(samples * kinds.length);
});

describe("in the trace of a build with park, or with a mark that exiting outputs take off,", () => {
  it("an event removed is found", () => {
    expect(missed(({ one, line }) => one.lines.toSpliced(line - 1, 1))).toEqual([]);
  });

  it("an event repeated is found", () => {
    const again = ({ one, line }: Sample): readonly string[] =>
      one.lines.toSpliced(line, 0, one.lines[line - 1] ?? "");
    expect(missed(again)).toEqual([]);
  });

  it("an event of another chunk is found", () => {
    const other = ({ one, kind, line }: Sample): readonly string[] | null =>
      kind === "gate"
        ? null
        : one.lines.with(line - 1, withFields(one.lines[line - 1] ?? "", { chunk: "1-1.1.flb" }));
    expect(missed(other)).toEqual([]);
  });

  it.each(["owed", "turns", "n", "quota_used", "up", "total"])("a wrong %s is found", (field) => {
    const has = ({ one, line }: Sample): boolean =>
      Object.hasOwn(parsed(one.lines[line - 1] ?? "{}"), field);
    expect(chosen.some(has)).toBe(true);
    const wrong = (sample: Sample): readonly string[] | null => {
      const { one, line } = sample;
      const text = one.lines[line - 1] ?? "";
      if (!has(sample)) return null;
      const value = Number(new Map(Object.entries(parsed(text))).get(field));
      const other = field === "owed" ? value ^ 1 : value + 1;
      return one.lines.with(line - 1, withFields(text, { [field]: other }));
    };
    expect(missed(wrong)).toEqual([]);
  });
});
