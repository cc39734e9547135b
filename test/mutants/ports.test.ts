import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { isList, isObject, readJson, type Json } from "../../src/conform/json.ts";
import { faultWords, type Fault } from "./port/faults.ts";
import { Kit } from "./port/kit.ts";

const releases = await loadReleases();
const folder = new URL("../fixtures/port-faults/", import.meta.url);

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** The faults of the sample; `npm run mutants:ports -- --update` draws them. */
function faultsFor(release: string): readonly Fault[] {
  const list = readJson(readFileSync(new URL(`${release}.json`, folder), "utf8"));
  return (isList(list) ? list : []).filter(isObject).map(({ place, change, when }) => ({
    place: textOf(place),
    change: textOf(change),
    when: textOf(when),
  }));
}

/** Wrong where two outputs meet something else: each passed once, in a port that lists `hardened-fix` only. */
const passedOnce: readonly (Fault & { readonly what: string })[] = [
  {
    what: "shares one quota between outputs",
    place: "quota: some is left",
    change: "one quota for all outputs",
    when: "always",
  },
  {
    what: "takes the marks off for output 0 only, at a shutdown",
    place: "shutdown: marks are taken off",
    change: "always no",
    when: "for output 1",
  },
  {
    what: "puts a chunk with several routes down when no timer is left",
    place: "waiting: it is the only route",
    change: "not asked",
    when: "in scheduleFail",
  },
];

describe.each(releases)("a port of $name", (release) => {
  const kit = new Kit(release);

  it("passes if it is right", () => {
    expect(kit.killer()).toBe(undefined);
  });

  it.runIf(existsSync(new URL(`${release.name}.json`, folder)))(
    "is found out with each fault of the sample",
    () => {
      const faults = faultsFor(release.name);
      expect(faults.length).toBeGreaterThanOrEqual(30);
      const passed = faults.filter((fault) => kit.killer(fault) === undefined);
      expect(passed.map(faultWords)).toEqual([]);
    },
  );

  if (release.name !== "hardened-fix") return;
  it.each(passedOnce)("is found out if it $what", (fault) => {
    expect(kit.killer(fault)).not.toBe(undefined);
  });
});
