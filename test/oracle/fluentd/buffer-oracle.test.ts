import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seed } from "../../explore/seed.ts";
import { foundIn, rows, scopeOfRow, type Asked } from "../../models/fluentd/rows.ts";
import { randomSettings } from "../../models/fluentd/random-settings.ts";
import { bufferOracle } from "./buffer-oracle.ts";
import type { Settings } from "./buffer-rules.ts";

function oneOf<const T extends string>(choices: readonly [T, ...T[]], value?: string): T {
  return choices.find((one) => one === value) ?? choices[0];
}

/** The parameters of a scope as the page has them. */
function settingsOf({ release, settings }: Asked): Settings {
  const given = new Map(
    settings.map((one): [string, string] => {
      const [name = "", value = ""] = one.split("=");
      return [name, value];
    }),
  );
  const on = new Set(["timeout"]);
  for (const [name, value] of given) {
    if (value === "true") on.add(name);
    if (value === "false") on.delete(name);
  }
  const size = (name: string, usual: number): number => Number(given.get(name) ?? usual);
  const F = size("threads", 1);
  const memory = given.get("buffer") === "memory";
  return {
    N: size("slots", 2),
    L: size("limit", 1),
    F,
    K: size("queuedLimit", F),
    R: given.has("retryMax") ? size("retryMax", 0) : null,
    release: oneOf(["v1.19", "v1.12", "v1.11", "v0.14.11"], release.name),
    overflow: oneOf(["throw", "block", "drop"], given.get("overflow")),
    mode: oneOf(["interval", "immediate", "lazy"], given.get("mode")),
    reemit: oneOf(["no", "plain", "checked"], given.get("reemit")),
    memory,
    flushAtShutdown: given.has("flushAtShutdown") ? on.has("flushAtShutdown") : memory,
    on,
  };
}

describe("a second implementation, from the page alone, gives its rows", () => {
  it.each(rows)("$release.name $words", (row) => {
    expect(bufferOracle(settingsOf(row))).toBe(row.says);
  });
});

/** Far more scopes where somebody asks for them: `UNSTUCK_SCOPES=300`. */
const numRuns = Number(process.env["UNSTUCK_SCOPES"] ?? 30);

describe("the model and the second implementation agree on random scopes", () => {
  const samples = fc
    .sample(randomSettings, { seed, numRuns })
    .map((one) => ({ ...one, name: one.release.name, words: one.settings.join(" ") }));

  it.each(samples)(`$name $words (seed ${seed})`, (one) => {
    expect(foundIn(scopeOfRow(one))).toBe(bufferOracle(settingsOf(one)));
  });
});
