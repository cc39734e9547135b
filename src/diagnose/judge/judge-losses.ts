import type { EngineRun } from "../run/engine-run.ts";
import type { Tally } from "../run/mark.ts";
import type { Finding } from "./finding.ts";

function from(tally: Tally): Pick<Finding, "since" | "last"> {
  return { since: tally.first, last: tally.last };
}

function refusedAppends(run: EngineRun): Finding | null {
  const outputs = [...run.outputs].filter(([, { overTotalLimit }]) => overTotalLimit !== null);
  const told = outputs[0]?.[1].overTotalLimit ?? null;
  const refused = run.counts.refused ?? run.counts.cannotEvict ?? told;
  if (refused === null || run.ending?.kind === "exited") return null;
  const names = outputs.map(([name]) => name);
  // Nothing could be deleted for it: the limit is meant, of an output that the line does not name.
  const isLimit = names.length === 0 && run.counts.cannotEvict !== null;
  const overTotalLimit = isLimit ? ["an output"] : names;
  return {
    kind: "refused",
    verdict: "loss",
    appends: refused.count,
    overTotalLimit,
    ...from(refused),
  };
}

/** What a run lost, by its log. */
export function lossesOf(run: EngineRun): readonly Finding[] {
  const { lost, dropped, evicted, unreadable, gone, quarantined } = run.counts;
  const findings: Finding[] = [];
  if (lost !== null) {
    findings.push({ kind: "no-timer", verdict: "loss", chunks: lost.count, ...from(lost) });
  }
  const refused = refusedAppends(run);
  if (refused !== null) findings.push(refused);
  if (dropped !== null) {
    findings.push({
      kind: "given-up",
      verdict: "loss",
      chunks: dropped.count,
      quarantined: Math.min(quarantined, dropped.count),
      ...from(dropped),
    });
  }
  if (evicted !== null) {
    findings.push({ kind: "evicted", verdict: "loss", chunks: evicted.count, ...from(evicted) });
  }
  if (unreadable !== null) {
    findings.push({
      kind: "unreadable",
      verdict: "loss",
      chunks: gone + run.unreadableTasks.size,
      gone,
      ...from(unreadable),
    });
  }
  return findings;
}
