import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { release as v0121 } from "../../../models/otel-collector/releases/v0.121.ts";
import { release as v0129 } from "../../../models/otel-collector/releases/v0.129.ts";
import { release as v0159 } from "../../../models/otel-collector/releases/v0.159.ts";
import { seed } from "../../explore/seed.ts";
import { foundIn, rows, scopeOfRow, type Row } from "../../models/otel-collector/rows.ts";
import { queueOracle } from "./queue-oracle.ts";
import type { Settings } from "./queue-rules.ts";

/** The parameters of a row as the page has them. */
function settingsOf({ release, settings }: Pick<Row, "release" | "settings">): Settings {
  const given = new Map(
    settings.map((one): [string, string] => {
      const [name = "", value = ""] = one.split("=");
      return [name, value];
    }),
  );
  const on = new Set(["retry", "timeout"]);
  for (const [name, value] of given) {
    if (value === "true") on.add(name);
    if (value === "false") on.delete(name);
  }
  const crash = given.get("crash");
  const name = release.name;
  return {
    N: Number(given.get("requests") ?? 2),
    Q: Number(given.get("queueSize") ?? 1),
    C: Number(given.get("consumers") ?? 1),
    release: name === "v0.121" || name === "v0.129" ? name : "v0.159",
    memory: given.get("storage") === "memory",
    crash: crash === "running" || crash === "any" ? crash : "no",
    on,
  };
}

describe("a second implementation, from the page alone, gives its rows", () => {
  it.each(rows.filter(({ labelled }) => labelled < 3000))("$words", (row) => {
    expect(queueOracle(settingsOf(row))).toBe(row.says);
  });
});

/** Settings that go together. */
const settings = fc
  .record({
    release: fc.constantFrom(v0121, v0129, v0159),
    sizes: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })),
    consumers: fc.integer({ min: 1, max: 2 }),
    memory: fc.boolean(),
    crash: fc.constantFrom("no", "running", "any"),
    flags: fc.subarray(["block", "rejects", "shutdown", "hangs"]),
    storage: fc.subarray(["putFails", "readFails", "loadFails"]),
    more: fc.record({
      cancels: fc.boolean(),
      retry: fc.boolean(),
      giveUp: fc.boolean(),
      timeout: fc.boolean(),
      receiversWait: fc.boolean(),
      waitForResult: fc.boolean(),
    }),
  })
  .map(
    ({ release, sizes: [requests, queueSize], consumers, crash, flags, storage, more, ...one }) => {
      const memory = one.memory && release === v0159;
      const has = (flag: (typeof flags)[number]): boolean => flags.includes(flag);
      return {
        release,
        settings: [
          ...[`requests=${requests}`, `queueSize=${queueSize}`, `consumers=${consumers}`],
          ...[...flags, ...(memory ? [] : storage)].map((flag) => `${flag}=true`),
          ...(memory ? ["storage=memory"] : []),
          `crash=${crash}`,
          ...(has("block") && more.cancels ? ["cancels=true"] : []),
          more.retry ? (more.giveUp ? "giveUp=true" : "retry=true") : "retry=false",
          ...(has("hangs") && !more.timeout ? ["timeout=false"] : []),
          ...(has("shutdown") && more.receiversWait ? ["receiversWait=true"] : []),
          ...(memory && more.waitForResult && !(has("shutdown") && more.receiversWait)
            ? ["waitForResult=true"]
            : []),
        ],
      };
    },
  );

describe("the model and the second implementation agree on random scopes", () => {
  const samples = fc
    .sample(settings, { seed, numRuns: 60 })
    .map((one) => ({ ...one, name: one.release.name, words: one.settings.join(" ") }));

  it.each(samples)(`$name $words (seed ${seed})`, (one) => {
    const row = { ...one, says: "", labelled: 0 };
    expect(foundIn(scopeOfRow(row))).toBe(queueOracle(settingsOf(one)));
  });
});
