import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seed } from "../../explore/seed.ts";
import { foundIn, rows, scopeOfRow, type Row } from "../../models/otel-collector/rows.ts";
import { randomSettings } from "../../models/otel-collector/random-settings.ts";
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

describe("the model and the second implementation agree on random scopes", () => {
  const samples = fc
    .sample(randomSettings, { seed, numRuns: 60 })
    .map((one) => ({ ...one, name: one.release.name, words: one.settings.join(" ") }));

  it.each(samples)(`$name $words (seed ${seed})`, (one) => {
    const row = { ...one, says: "", labelled: 0 };
    expect(foundIn(scopeOfRow(row))).toBe(queueOracle(settingsOf(one)));
  });
});
