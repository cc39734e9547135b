import { describe, expect, it } from "vitest";
import { list, parse, part } from "./json-value.ts";
import { run } from "./recording-terminal.ts";

interface Row {
  /** Settings over the reference scope, as on the command line. */
  readonly set: string;
  /** Labelled and canonical states, transitions, self-loops, most up. */
  readonly counts: readonly [number, number, number, number, number];
  /** What is violated besides noStarvation and, with two outputs, isolationFair. */
  readonly violated: Readonly<Record<string, number>>;
  readonly starves?: false;
}

const stuck = { neverStuck: 6, recovery: 6 };
const leaks = { quotaConserved: 8, neverStuck: 13, recovery: 13 };

const rows: readonly Row[] = [
  { set: "", counts: [34, 18, 86, 4, 1], violated: stuck },
  { set: "overLimitQuota=1 releaseOnClose=false", counts: [72, 38, 180, 4, 2], violated: leaks },
  {
    set: "overLimitQuota=1 releaseOnClose=false schedulerFails=true",
    counts: [72, 38, 194, 4, 2],
    violated: { noLoss: 4, ...leaks },
  },
  { set: "overLimitQuota=1", counts: [38, 20, 94, 0, 2], violated: {} },
  { set: "chunks=3 overLimitQuota=1", counts: [134, 32, 392, 0, 2], violated: {} },
  { set: "evictIdleWhenMapFull=true", counts: [34, 18, 90, 4, 1], violated: {} },
  { set: "checkMapFirst=false", counts: [34, 18, 90, 4, 1], violated: stuck },
  { set: "pauseOnChunksOverlimit=on", counts: [14, 8, 30, 0, 1], violated: {}, starves: false },
  { set: "retryLimit=1", counts: [42, 22, 106, 4, 1], violated: stuck },
  { set: "outputs=2", counts: [156, 80, 616, 0, 1], violated: { isolation: 5 } },
  { set: "schedulerFails=true", counts: [34, 18, 94, 4, 1], violated: { noLoss: 4, ...stuck } },
  {
    set: "overLimitQuota=1 shutdown=true",
    counts: [76, 40, 132, 0, 2],
    violated: { ownerAlive: 7 },
  },
  {
    set: "overLimitQuota=1 shutdown=true detachOnOutputExit=true",
    counts: [76, 40, 132, 0, 2],
    violated: {},
  },
  {
    set: "chunks=3 outputs=2 routing=any overLimitQuota=1 crash=true",
    counts: [4288, 872, 24000, 256, 2],
    violated: { isolation: 3 },
  },
  { set: "chunks=3 taskMapSize=2 maxChunksUp=2", counts: [194, 46, 716, 18, 2], violated: {} },
  {
    set: "chunks=4 taskMapSize=2 maxChunksUp=2",
    counts: [826, 74, 3530, 168, 2],
    violated: { neverStuck: 10, recovery: 10 },
  },
  {
    set: "chunks=2 taskMapSize=2 maxChunksUp=2",
    counts: [32, 20, 96, 0, 2],
    violated: {},
    starves: false,
  },
  {
    set: "chunks=7 taskMapSize=3 maxChunksUp=3 outputs=2 overLimitQuota=1",
    counts: [1_858_644, 4400, 15_833_028, 0, 3],
    violated: { isolation: 11 },
  },
];

const properties = [
  "memoryBound",
  "quotaConserved",
  "flushingIsMapped",
  "taskMapBound",
  "noLoss",
  "ownerAlive",
  "neverStuck",
  "recovery",
  "isolation",
  "isolationFair",
  "noStarvation",
];

const withoutLength = new Set(["isolationFair", "noStarvation"]);

describe("every reference result through check --json", () => {
  it.each(rows)("$set", async ({ set, counts, violated, starves = true }) => {
    const settings = set === "" ? [] : set.split(" ");
    const words = settings.flatMap((setting) => ["--set", setting]);
    const { code, out, err } = await run(["check", "--release", "v3.0.4", "--json", ...words]);
    expect(err).toBe("");
    const result = parse(out);
    expect(list(result, "runs")).toHaveLength(1);
    const only = part(result, "runs", 0);

    expect(part(only, "complete")).toBe(true);
    expect([
      part(only, "states", "labelled"),
      part(only, "states", "canonical"),
      part(only, "transitions"),
      part(only, "selfLoops"),
      part(only, "mostUp"),
    ]).toEqual(counts);

    const outputs = settings.includes("outputs=2") ? 2 : 1;
    const expected = new Map(properties.map((name) => [name, "holds"]));
    for (const name of Object.keys(violated)) expected.set(name, "violated");
    if (starves) expected.set("noStarvation", "violated");
    if (outputs === 2) expected.set("isolationFair", "violated");
    const found = properties.map((name) => [name, part(only, "properties", name, "verdict")]);
    expect(found).toEqual([...expected]);
    expect(code).toBe([...expected.values()].includes("violated") ? 1 : 0);

    for (const [name, length] of Object.entries(violated)) {
      expect([name, part(only, "properties", name, "length")]).toEqual([name, length]);
      const path = list(only, "properties", name, "path");
      expect(path).toHaveLength(length);
      expect(list(only, "properties", name, "steps")).toHaveLength(length);
      expect(path[0]).toBe("ingest");
    }
    for (const name of ["neverStuck", "recovery", "isolation"]) {
      const point = part(only, "properties", name, "pointOfNoReturn");
      const path = part(only, "properties", name, "path");
      if (name in violated) {
        expect(list(only, "properties", name, "path")[Number(point)]).toBeTypeOf("string");
      } else {
        expect([point, path]).toEqual([null, null]);
      }
    }
    for (const name of withoutLength) {
      expect(part(only, "properties", name, "length")).toBeNull();
    }
  });
});
