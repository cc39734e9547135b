import type { BesideDeadFigures } from "../../engine/simulation/beside-dead.ts";
import type { LongOutageFigures } from "../../engine/simulation/long-outage.ts";
import type { Json } from "../scope/check-json.ts";
import type { ComparedRelease, Comparison, LetteredProof } from "./comparison.ts";
import type { LetteredRun } from "../scope/release-table.ts";

/** What `compare --json` prints; the fields are documented in docs/cli.md and stable. */
export function comparisonJson({ releases, crashScopes }: Comparison): Json {
  return { releases: releases.map((one) => releaseJson(one, crashScopes)) };
}

function releaseJson(compared: ComparedRelease, crashScopes: readonly string[]): Json {
  const { release, runs, proofs, memory, throughput, outage } = compared;
  return {
    release: release.name,
    summary: release.summary,
    scopes: runs.length === 0 ? null : Object.fromEntries(runs.map(scopeJson)),
    sizes: proofs.length === 0 ? null : Object.fromEntries(proofs.map(shapeJson)),
    memory:
      memory === null
        ? null
        : {
            bound: memory.bound,
            mostAbove: memory.mostAbove,
            repeatedDeliveries: Object.fromEntries(
              crashScopes.map((scope, index): [string, Json] => [
                scope,
                memory.repeated[index] ?? null,
              ]),
            ),
            sentTwice: memory.sentTwice,
          },
    throughput:
      throughput === null
        ? null
        : {
            both: besideDeadJson(throughput.both),
            healthyOnly: besideDeadJson(throughput["healthy only"]),
          },
    outage:
      outage === null
        ? null
        : { drain: outageJson(outage.drain), inputGoesOn: outageJson(outage.inputGoesOn) },
  };
}

function scopeJson({ scope, result }: LetteredRun): [string, Json] {
  const verdicts = result.properties.map(
    ({ property, verdict, vacuous, length }): [string, Json] => [
      property,
      { verdict, vacuous, length },
    ],
  );
  return [scope.letter, Object.fromEntries(verdicts)];
}

function shapeJson({ letter, proof }: LetteredProof): [string, Json] {
  const verdicts = proof.properties.map(({ property, verdict, condition }): [string, Json] => [
    property,
    { verdict, condition: condition?.text ?? null },
  ]);
  return [letter, Object.fromEntries(verdicts)];
}

function besideDeadJson({ delay, ...figures }: BesideDeadFigures): Json {
  return { ...figures, delay: delay === null ? null : { ...delay } };
}

function outageJson({ backlog, ...figures }: LongOutageFigures): Json {
  return { ...figures, backlog: { ...backlog } };
}
