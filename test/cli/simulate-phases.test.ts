import { describe, expect, it } from "vitest";

import { BadInput } from "../../src/cli/bad-input.ts";
import { parseDuration } from "../../src/cli/simulate/simulate-duration.ts";
import { parsePhases, resolvePhases } from "../../src/cli/simulate/simulate-phases.ts";

function phases(text: string, outputs: readonly string[] = ["a", "b", "search"]) {
  return resolvePhases(parsePhases(text, "--phases"), outputs);
}

describe("a duration", () => {
  it.each([
    ["60s", 60],
    ["1h30m", 5400],
    ["2d", 172_800],
    ["500ms", 0.5],
    ["1.5h", 5400],
  ])("%s is %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(["", "60", "s", "1h 30m", "-5s", "5 s", "1y"])("%j is none", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe("phases", () => {
  it("are kinds with durations, separated by commas", () => {
    expect(phases("healthy 60s, outage 2h,drain 10m , restart 1m")).toEqual([
      { name: "healthy", seconds: 60, down: [], feeding: true },
      { name: "outage", seconds: 7200, down: [0, 1, 2], feeding: true },
      { name: "drain", seconds: 600, down: [], feeding: false },
      { name: "restart", seconds: 60, down: [], feeding: true, restart: true },
    ]);
  });

  it.each([
    ["outage(0) 2h", [0]],
    ["outage b 10m", [1]],
    ["outage(search) 10m", [2]],
    ["outage (c, a) 10m", [0, 2]],
    ["outage(0,a,0) 10m", [0]],
  ])("say which outputs are down: %s", (text, down) => {
    expect(phases(text)[0]?.down).toEqual(down);
  });

  it("take no-input and restart after the duration", () => {
    expect(phases("outage 5m restart no-input")).toEqual([
      { name: "outage", seconds: 300, down: [0, 1, 2], feeding: false, restart: true },
    ]);
  });

  it.each([
    ["", "--phases: there is no phase in it"],
    ["healthy 5s,", '--phases: "": a phase is a kind'],
    ["outge 2h", '"outge 2h": there is no kind of phase "outge"; there are healthy, outage, drain'],
    ["outage", '"outage": a duration is missing'],
    ["outage 10", '"outage 10": a duration is missing'],
    ["outage(a 2h", '"outage(a 2h": a phase is a kind'],
    ["outage(a,) 2h", "the list of outputs has an empty place"],
    ["outage(d) 2h", 'there is no output "d"; there are a, b, search'],
    ["outage 3 2h", 'there is no output "3"'],
    ["healthy b 2h", "outputs are named for an outage only, and this is healthy"],
    ["healthy 0s", "a phase lasts longer than 0 s"],
    ["healthy 5s soon", '"soon" is not understood'],
  ])("are refused in a sentence: %s", (text, sentence) => {
    expect(() => phases(text)).toThrow(BadInput);
    expect(() => phases(text)).toThrow(sentence);
  });
});
