import { afterAll, describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { columns } from "../../src/report/columns.ts";
import { faultsOf } from "./port/fault-list.ts";
import { faultKinds, faultWords, kindOf, type Fault } from "./port/faults.ts";
import { Kit } from "./port/kit.ts";
import { drawSample } from "./port/sample.ts";
import { reasonFor } from "./port/survivors.ts";
import { differing } from "./port/visits.ts";
import { wideScopes } from "./port/wide-scopes.ts";

const all = await loadReleases();
// RELEASES=park,v5.1 for a part of them.
const chosen = process.env["RELEASES"]?.split(",");
const releases = all.filter(({ name }) => chosen?.includes(name) ?? true);

const rows: (readonly string[])[] = [];
const left: string[] = [];

function rate(found: number, tried: number): string {
  return tried === 0 ? "–" : `${((100 * found) / tried).toFixed(1)} %`;
}

/** Found out of tried, of the faults of one kind. */
function share(
  tried: readonly Fault[],
  survivors: ReadonlySet<Fault>,
  kind: (fault: Fault) => boolean,
): string {
  const some = tried.filter(kind);
  return `${some.filter((one) => !survivors.has(one)).length}/${some.length}`;
}

afterAll(() => {
  const header = ["release", "steps", "faults", "found out", "rate", ...faultKinds];
  process.stdout.write(`\n${columns([header, ...rows], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])}\n`);
  process.stdout.write(`\nsurvivors:\n  ${left.join("\n  ")}\n`);
});

describe("wrong ports that list one release", () => {
  it.each(releases)("$name: 98 in 100 are found out, and more", async (release) => {
    const kit = new Kit(release);
    const scopes = wideScopes(release);
    const every = faultsOf(release.name, scopes);
    kit.index();
    const killed = every.filter((fault) => kit.killer(fault) !== undefined);
    const sample = `${JSON.stringify(drawSample(killed, all.length), null, 2)}\n`;
    await expect(sample).toMatchFileSnapshot(`../fixtures/port-faults/${release.name}.json`);
    const unfound = every.filter((fault) => !killed.includes(fault));
    const survivors = new Set(differing(release.name, unfound, scopes));
    const tried = every.filter((fault) => !unfound.includes(fault) || survivors.has(fault));
    const found = tried.filter((fault) => !survivors.has(fault));
    rows.push([
      release.name,
      String(kit.steps),
      String(tried.length),
      String(found.length),
      rate(found.length, tried.length),
      ...faultKinds.map((kind) => share(tried, survivors, (one) => kindOf(one) === kind)),
    ]);
    const reasons = [...survivors].map((fault) => ({
      fault,
      reason: reasonFor(release.name, fault),
    }));
    for (const { fault, reason } of reasons) {
      left.push(`${release.name}: ${faultWords(fault)}: ${reason ?? "NOT EXPECTED"}`);
    }
    expect(found.length / tried.length).toBeGreaterThanOrEqual(0.98);
    expect(reasons.filter(({ reason }) => reason === undefined)).toEqual([]);
  });
});
