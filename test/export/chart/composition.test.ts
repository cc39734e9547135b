import { describe, expect, test } from "vitest";
import { loadReleases } from "../../../src/compile/load-releases.ts";
import { scopeOf } from "../../../src/compile/scope.ts";
import { compositionMermaid } from "../../../src/export/chart/composition-mermaid.ts";
import {
  compositionOf,
  shownParameters,
  type CompositionRow,
} from "../../../src/export/chart/composition.ts";

const releases = await loadReleases();

function rowsOf(name: string): readonly CompositionRow[] {
  return releases
    .filter((release) => release.name === name)
    .flatMap((release) => compositionOf(release).rows);
}

function words(row: CompositionRow | undefined): string | undefined {
  return row?.sends
    .map(
      ({ role, event, toEach, always }) =>
        `${role}.${event}${toEach ? "*" : ""}${always ? "" : "?"}`,
    )
    .join(" ");
}

describe.for(releases)("$name", (release) => {
  const { lanes, rows } = compositionOf(release);

  test("draws every action that the compiled system can take, and no other", () => {
    const { system, parameters } = scopeOf(release, shownParameters(release));
    const possible = new Set(
      [...system.slotMoves, ...system.systemMoves].map(({ action }) => action),
    );
    if (parameters["overLimitQuota"] === 0) possible.delete("retryFireOverLimit");
    const drawn = new Set(rows.filter(({ agent }) => agent !== null).map(({ action }) => action));
    expect([...drawn].sort()).toEqual([...possible].sort());
  });

  test("sends events to machines that know them", () => {
    const unknown = rows.flatMap(({ sends }) =>
      sends.filter(
        ({ role, event }) =>
          !lanes.some((lane) => lane.role === role && lane.machine.events.includes(event)),
      ),
    );
    expect(unknown).toEqual([]);
  });

  test("has Mermaid text with an event for every arrow", () => {
    const text = compositionMermaid(compositionOf(release));
    const arrows = text.split("\n").filter((line) => line.includes("->>"));
    expect(arrows.length).toBe(rows.reduce((sum, { sends }) => sum + sends.length, 0));
    expect(text.match(/^ {2}(opt|box) /gm)?.length).toBe(text.match(/^ {2}end$/gm)?.length);
  });
});

test("an action is drawn with its machines, its guard and what follows", () => {
  const rows = rowsOf("v3.0.4");
  const dispatch = rows.filter(({ action }) => action === "dispatch");
  expect(dispatch.map(words)).toEqual([
    "engine.work task.create delivery.flush*",
    "engine.work chunk.up task.create delivery.flush*",
  ]);
  expect(dispatch[1]?.guard).toEqual(["tasks < taskMapSize", "up < maxChunksUp"]);
  const retry = rows.find(({ action }) => action === "flushRetry");
  expect(words(retry)).toBe("engine.work output.refuse delivery.retry chunk.down?");
  const ok = rows.find(({ action }) => action === "flushOk");
  expect(ok?.reactions).toEqual(["settle"]);
});

test("the leak of the proposed fix can be seen: a delivered chunk gives nothing back", () => {
  const counters = (release: string): readonly string[] | undefined =>
    rowsOf(release).find(({ action }) => action === "flushOk")?.counters;
  expect(counters("v3.0.4")).toEqual([]);
  expect(counters("published-fix")).toEqual([]);
  expect(counters("corrected-fix")).toEqual(["overLimitUp − 1 in some cases"]);
});

test("only what a release does to chunks is drawn", () => {
  const shutdown = (release: string): string | undefined =>
    words(rowsOf(release).find(({ action }) => action === "shutdown"));
  expect(shutdown("corrected-fix")).toBe("engine.shutdown");
  expect(shutdown("hardened-fix")).toBe("engine.shutdown chunk.detach*?");
});

test("a gate is drawn", () => {
  const gate = rowsOf("park").find(({ action }) => action === "gate");
  expect(words(gate)).toBe("age.promote*?");
  expect(gate?.guard).toEqual(["idleOld = 0"]);
});
