import { it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { Kit } from "./port/kit.ts";
import { faultsOf } from "./port/fault-list.ts";
import { faultWords } from "./port/faults.ts";
import { wideScopes } from "./port/wide-scopes.ts";
import { differing } from "./port/visits.ts";

const releases = await loadReleases();
const only = process.env["ONLY"]?.split(",");
it("x", { timeout: 3_600_000 }, () => {
  for (const release of releases) {
    if (only && !only.includes(release.name)) continue;
    const t0 = performance.now();
    const kit = new Kit(release);
    const t1 = performance.now();
    const right = kit.killer();
    const t2 = performance.now();
    const wide = wideScopes(release);
    const t3 = performance.now();
    const faults = faultsOf(release.name, wide);
    const t4 = performance.now();
    kit.index();
    const t5 = performance.now();
    const left = faults.filter((f) => kit.killer(f) === undefined);
    const t6 = performance.now();
    const real = differing(release.name, left, wide);
    const t7 = performance.now();
    console.log(release.name, "steps", kit.steps, "right", right, "wide", wide.map((w) => w.states.length).join(" "), "faults", faults.length, "left", left.length, "real", real.length,
      "times", [t1 - t0, t2 - t1, t3 - t2, t4 - t3, t5 - t4, t6 - t5, t7 - t6].map((x) => (x / 1000).toFixed(1)).join(" "));
    for (const f of left) console.log(real.includes(f) ? "  REAL " : "  equiv ", faultWords(f));
  }
});
