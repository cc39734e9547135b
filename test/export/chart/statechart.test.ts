import { expect, test } from "vitest";
import { createMachine } from "xstate";
import { chunkMachine } from "../../../models/chunk.ts";
import { deliveryMachine } from "../../../models/delivery.ts";
import { outputMachine } from "../../../models/output.ts";
import { loadReleases } from "../../../src/compile/load-releases.ts";
import { machineCatalogue, placementWords } from "../../../src/export/chart/machine-catalogue.ts";
import { statechartMermaid } from "../../../src/export/chart/statechart-mermaid.ts";
import { statechartOf, transitionWords } from "../../../src/export/chart/statechart.ts";

test("states and transitions come in the author's order", () => {
  const chart = statechartOf(deliveryMachine);
  expect(chart.initial).toBe("unrouted");
  expect(chart.states.map(({ name }) => name)).toEqual(Object.keys(deliveryMachine.states));
  const flushing = chart.transitions.filter(({ from }) => from === "flushing");
  expect(flushing.map(({ event }) => event)).toEqual([
    ...["ok", "retry", "drop", "fail", "lose", "crash"],
  ]);
});

test("guards and actions are named, and what comes after a guard is its else", () => {
  const closes = statechartOf(chunkMachine).transitions.filter(
    ({ from, event }) => from === "upForOutput" && event === "close",
  );
  expect(closes.map(transitionWords)).toEqual([
    "close [releasesOnClose] / releaseQuota, forgetOutput",
    "close [else] / forgetOutput",
  ]);
});

test("a transition without a target stays in its state", () => {
  const accept = statechartOf(outputMachine).transitions.find(({ event }) => event === "accept");
  expect(accept).toMatchObject({ from: "online", to: null, actions: ["answerOk"] });
});

test("what has no name or is nested is refused", () => {
  const inline = createMachine({
    id: "inline",
    initial: "a",
    states: { a: { on: { go: { guard: () => true, target: "a" } } } },
  });
  const nested = createMachine({
    id: "nested",
    initial: "a",
    states: { a: { initial: "b", states: { b: {} } } },
  });
  expect(() => statechartOf(inline)).toThrow(TypeError);
  expect(() => statechartOf(nested)).toThrow("machine nested: state a is nested");
});

test("Mermaid text has every state and transition once", () => {
  expect(statechartMermaid(statechartOf(outputMachine))).toBe(
    [
      "---",
      "title: output",
      "---",
      "stateDiagram-v2",
      "  online : online",
      "  offline : offline",
      "  hung : hung",
      "  online : accept / answerOk",
      "  online : fail / answerError",
      "  offline : refuse / answerRetry",
      "  offline : fail / answerError",
      "  [*] --> online",
      "  online --> offline : goDown",
      "  online --> hung : hang",
      "  offline --> online : comeBack",
      "  hung --> online : unhang",
      "",
    ].join("\n"),
  );
});

test("the catalogue has every machine of every release, and says where it stands", async () => {
  const releases = await loadReleases();
  const machines = machineCatalogue(releases);
  const words = (name: string): string =>
    machines
      .filter((machine) => machine.name === name)
      .map((machine) => placementWords(machine, releases))
      .join();
  expect(machines.map(({ name }) => name)).toEqual([
    "chunk",
    "task",
    "delivery",
    "engine",
    "output",
    "parkedDelivery",
    "age",
    "turn",
    "breaker",
  ]);
  expect(words("chunk")).toBe("one in every slot");
  expect(words("output")).toBe("one for each output");
  expect(words("parkedDelivery")).toBe(
    "the delivery, one in every slot for each output, in park, park-breaker",
  );
});
