import { it } from "vitest";
import { appendFileSync, writeFileSync } from "node:fs";
import { loadReleases } from "../../../src/compile/load-releases.ts";
import { Kit } from "./kit.ts";
import { portOf } from "./ports.ts";
import { wideScopes, agrees } from "./wide-scopes.ts";
import { faultsOf } from "./fault-list.ts";
import { faultWords } from "./faults.ts";
const releases = await loadReleases();
it.each(releases.filter(({ name }) => (process.env["R"] ?? name).split(",").includes(name)))(
  "$name",
  (release) => {
    let t = performance.now();
    const lap = (w: string) => {
      appendFileSync(
        "/tmp/gport/log",
        `${release.name} ${w} ${Math.round(performance.now() - t)}\n`,
      );
      t = performance.now();
    };
    const kit = new Kit(release);
    kit.index();
    lap(`kit ${kit.steps}`);
    const wide = wideScopes(release);
    lap("wide " + wide.map((w) => `${w.states.length}x${w.calls.length}`).join(" "));
    const faults = faultsOf(release.name, wide);
    lap(`faults ${faults.length} base ${faults.filter((f) => f.when === "always").length}`);
    const survivors = faults.filter((f) => kit.killer(f) === undefined);
    lap(`killed ${faults.length - survivors.length}`);
    writeFileSync(
      `/tmp/gport/${process.env["TAG"] ?? "x"}-${release.name}.surv`,
      survivors.map(faultWords).join("\n"),
    );
    const equal = survivors.filter((f) => wide.every((w) => agrees(portOf(release.name, f), w)));
    lap(`equal ${equal.length} of ${survivors.length}`);
    writeFileSync(
      `/tmp/gport/${process.env["TAG"] ?? "x"}-${release.name}.txt`,
      [
        `faults ${faults.length} survivors ${survivors.length} equal ${equal.length}`,
        ...survivors.filter((f) => !equal.includes(f)).map((f) => "REAL " + faultWords(f)),
        ...equal.map((f) => "EQ " + faultWords(f)),
      ].join("\n") + "\n",
    );
  },
  1_000_000,
);
