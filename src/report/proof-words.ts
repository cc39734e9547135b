import type { Parameters } from "../../models/parameters.ts";
import type { Sizes } from "../prove/condition.ts";
import type { PathSummary, ProofSummary } from "../prove/proof-summary.ts";
import { parameterText } from "./parameter-text.ts";

/** Sizes as people write them: `T=2048 X=128 N=2176`. */
export function sizesWords(
  { taskMapSize, maxChunksUp, overLimitQuota }: Sizes,
  chunks: number,
): string {
  const quota = overLimitQuota === 0 ? "" : ` Q=${overLimitQuota}`;
  return `T=${taskMapSize} X=${maxChunksUp}${quota} N=${chunks}`;
}

/** The shape of a system: how many outputs, and how chunks are routed to them. */
export function shapeWords({ outputs, routing }: Pick<Parameters, "outputs" | "routing">): string {
  if (outputs === 1) return "1 output";
  return routing === "all"
    ? `${outputs} outputs, every chunk goes to all of them (routing all)`
    : `${outputs} outputs, chunks go to any of them (routing any)`;
}

/** In what a system differs from the release: parameters and their values, e.g. `crash=true`. */
export function settingsWords({
  parameters,
  settings,
}: Pick<ProofSummary, "parameters" | "settings">): string {
  return settings.map((name) => `${name}=${parameterText(parameters[name])}`).join(", ");
}

/** The same as JSON. */
export function settingsJson({
  parameters,
  settings,
}: Pick<ProofSummary, "parameters" | "settings">): Readonly<Partial<Parameters>> {
  return Object.fromEntries(settings.map((name) => [name, parameters[name]]));
}

/** A system in a few words: the release, its shape, and in what it differs from the release. */
export function systemWords({
  release,
  parameters,
  settings = [],
  masks,
}: Pick<ProofSummary, "release" | "parameters" | "masks"> &
  Partial<Pick<ProofSummary, "settings">>): string {
  const { outputs, routing } = parameters;
  const routes =
    masks === null || outputs === 1
      ? ""
      : `; a chunk goes to ${masks.map((mask) => mask.join("+")).join(" or ")}`;
  return (
    [
      release,
      `${outputs} output${outputs === 1 ? "" : `s, routing ${parameterText(routing)}`}`,
      ...(settings.length === 0 ? [] : [`with ${settingsWords({ parameters, settings })}`]),
    ].join(", ") + routes
  );
}

/** Whether no shorter run exists at the sizes that were compared; null where none was. */
export function isShortest({ compared }: PathSummary): boolean | null {
  return compared.length === 0
    ? null
    : compared.every(({ length, shortest }) => length === shortest);
}

/** What was compared to see whether a run is a shortest one, and what came of it. */
export function shortestWords(path: PathSummary): string | null {
  const shortest = isShortest(path);
  if (shortest === null) return null;
  const at = path.compared
    .filter((one) => shortest || one.length !== one.shortest)
    .map(({ sizes, chunks, shortest: found }) =>
      shortest ? sizesWords(sizes, chunks) : `${sizesWords(sizes, chunks)}: ${found}`,
    )
    .join(", ");
  return shortest
    ? `no shorter one exists where every run was explored (${at})`
    : `a shorter one exists (${at} actions)`;
}

/** What came of a run at the real sizes. */
export function replayWords({ replay }: PathSummary): string | null {
  if (replay === null) return null;
  const { sizes, chunks, steps, violates } = replay;
  const ending = violates ? "ending in the violation" : "NOT ending in the violation";
  return `${sizesWords(sizes, chunks)}: ${steps} actions, replayed on the model one by one, ${ending}`;
}

/** How often an output goes away, in words. */
export function outagesWords({ outages }: PathSummary): string {
  return outages === "1" ? "1 outage" : `${outages} outages`;
}

/** The sizes of which a proof speaks, such as `N, T, X and Q of at least 1`. */
export function rangeWords({ least }: ProofSummary): string {
  const { taskMapSize, maxChunksUp, overLimitQuota } = least;
  const larger = [
    ["T", taskMapSize],
    ["X", maxChunksUp],
    ["Q", overLimitQuota],
  ].flatMap(([symbol, size]) => (Number(size) > 1 ? [`${symbol} of at least ${size}`] : []));
  const words = "N, T, X and Q of at least 1";
  return larger.length === 0 ? words : `${words}, ${larger.join(", ")}`;
}
