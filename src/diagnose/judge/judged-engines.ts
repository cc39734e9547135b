import type { MetricsSample } from "../metrics/metrics-sample.ts";
import type { LoggedEngine } from "../log/engine-logs.ts";
import { diagnoseEngine, diagnoseMetrics, type Diagnosis, type LimitsOf } from "./diagnosis.ts";

/** Logs of engines, and metrics by where they come from. */
interface Read {
  readonly engines: readonly LoggedEngine[];
  readonly samples: ReadonlyMap<string, readonly MetricsSample[]>;
}

/**
 * What is said of every run of every engine. Metrics belong to the engine whose log is read with them; where there are several,
 * they are judged by themselves.
 *
 * @param nameOf what an engine is called that only its log, or where its metrics come from, names
 */
export function judgedEngines(
  { engines, samples }: Read,
  limitsOf: LimitsOf,
  nameOf: (place: string) => string,
): readonly Diagnosis[] {
  const [only, ...others] = engines;
  const named = ({ log, source }: LoggedEngine): string => (source === "" ? nameOf(log) : source);
  if (only !== undefined && others.length === 0) {
    const all = [...samples.values()].flat();
    return diagnoseEngine({ ...only, name: named(only) }, all, limitsOf);
  }
  return [
    ...engines.flatMap((engine) =>
      diagnoseEngine({ ...engine, name: named(engine) }, [], limitsOf),
    ),
    ...[...samples]
      .filter(([, own]) => own.length > 0)
      .map(([place, own]) => diagnoseMetrics(nameOf(place), own, limitsOf)),
  ];
}
