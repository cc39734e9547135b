import type { Values } from "../../../models/system.ts";
import type { Sizes } from "../../compile/sizes.ts";
import type { PathSummary, ProofSummary } from "../../prove/proof-summary.ts";
import { parameterText } from "../parameter-text.ts";

/** Sizes as people write them: `T=2048 X=128 N=2176`. */
export function sizesWords(sizes: Sizes, chunks: number): string {
  const limits = Object.entries(sizes).flatMap(([symbol, size]) =>
    size === 0 ? [] : [`${symbol}=${size}`],
  );
  return [...limits, `N=${chunks}`].join(" ");
}

/** The shape of a system: how many outputs, and how chunks are routed to them. */
export function shapeWords({ outputs, routing }: Values): string {
  if (typeof outputs !== "number") return "no outputs";
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
  return settings.map((name) => `${name}=${parameterText(parameters[name] ?? "")}`).join(", ");
}

/** The same as JSON. */
export function settingsJson({
  parameters,
  settings,
}: Pick<ProofSummary, "parameters" | "settings">): Values {
  return Object.fromEntries(settings.map((name) => [name, parameters[name] ?? ""]));
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
      ...(typeof outputs !== "number"
        ? []
        : [
            `${outputs} output${outputs === 1 ? "" : `s, routing ${parameterText(routing ?? "all")}`}`,
          ]),
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

/** The symbols of the sizes, such as `N, T, X and Q`. */
export function symbolsWords(least: Sizes): string {
  const symbols = ["N", ...Object.keys(least)];
  if (symbols.length === 1) return "N";
  return `${symbols.slice(0, -1).join(", ")} and ${symbols.at(-1) ?? ""}`;
}

/** The sizes of which a proof speaks, such as `N, T and Q of at least 1, X of at least 2`; a limit that is absent is none of them. */
export function rangeWords({ least }: ProofSummary): string {
  const larger = Object.entries(least).flatMap(([symbol, size]) =>
    size > 1 ? [`${symbol} of at least ${size}`] : [],
  );
  const there = Object.fromEntries(Object.entries(least).filter(([, size]) => size === 1));
  const words = `${symbolsWords(there)} of at least 1`;
  return larger.length === 0 ? words : `${words}, ${larger.join(", ")}`;
}
