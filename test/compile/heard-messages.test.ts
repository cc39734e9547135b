import { describe, expect, it } from "vitest";
import { setup } from "xstate";
import type { MachineEvent } from "../../models/description.ts";
import { toChunk } from "../../models/messages.ts";
import { defaultParameters } from "../../models/parameters.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { release as park } from "../../models/releases/park.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import { inMessages, type Mutant } from "../explore/mutants/mutant.ts";

function compiling(change: Mutant["change"], release = v304): () => unknown {
  return () =>
    scopeOf(
      {
        ...release,
        describe: (parameters) => change(release.describe(parameters)),
      },
      { ...defaultParameters, ...release.defaults },
    );
}

/** The events that a role lists, changed. */
function listing(
  role: string,
  change: (events: readonly MachineEvent[]) => readonly MachineEvent[],
): Mutant["change"] {
  return (description) => ({
    ...description,
    slot: description.slot.map((one) =>
      one.name === role ? { ...one, events: change(one.events) } : one,
    ),
  });
}

const deaf = setup({}).createMachine({
  initial: "absent",
  states: { absent: { on: { create: {} } }, up: {}, down: {} },
});

describe("an action that can never happen is an error, since every property would hold for want of it", () => {
  it("names rule, event and machine where the machine does not list the event", () => {
    expect(compiling(inMessages("dispatch", (sent) => [...sent, toChunk("foo")]))).toThrow(
      "rule dispatch: dispatch sends foo to chunk, which does not list it: its events are create,",
    );
  });

  it("names them where the event was left out of the list", () => {
    const change = listing("chunk", (events) => events.filter(({ type }) => type !== "up"));
    expect(compiling(change)).toThrow(/^rule \w+: \w+ sends up to chunk, which does not list it/u);
  });

  it("names them where no state of the machine accepts a listed event", () => {
    const change: Mutant["change"] = (description) =>
      inMessages("dispatch", (sent) => [...sent, toChunk("foo")])(
        listing("chunk", (events) => [...events, { type: "foo" }])(description),
      );
    expect(compiling(change)).toThrow(
      "rule dispatch: dispatch sends foo to chunk, which accepts it in no state: the action can never happen",
    );
  });

  it("takes a transition that forbids an event for none", () => {
    const change: Mutant["change"] = (description) => ({
      ...description,
      slot: description.slot.map((one) => (one.name === "chunk" ? { ...one, machine: deaf } : one)),
    });
    expect(compiling(change)).toThrow(
      "rule ingest: ingest sends create to chunk, which accepts it in no state",
    );
  });

  it("names an action of the environment, a gate and a machine that does not exist", () => {
    const power: Mutant["change"] = (description) => ({
      ...description,
      systemRules: description.systemRules.map((rule) => ({
        ...rule,
        send: () => [{ to: "output", output: 0, event: { type: "explode" } }],
      })),
    });
    expect(compiling(power)).toThrow("outputDown sends explode to output, which does not list it");
    const gate: Mutant["change"] = (description) => ({
      ...description,
      gate:
        description.gate === null
          ? null
          : { ...description.gate, broadcast: () => [toChunk("ring")] },
    });
    expect(compiling(gate, park)).toThrow("sends ring to chunk, which does not list it");
    expect(
      compiling(inMessages("dispatch", () => [{ to: "chunks", event: { type: "up" } }])),
    ).toThrow("rule dispatch: dispatch sends up to chunks, but no machine is called chunks");
  });

  it("lets a guard of a machine exclude an action, as a retry limit does", () => {
    expect(compiling((description) => description)).not.toThrow();
  });
});
