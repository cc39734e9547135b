import type { ConfigurationWarning } from "../../config/configuration-warning.ts";
import { formatPosition } from "../../config/position.ts";
import type { ConfigurationVerdict } from "../../analysis/configuration/configuration-verdict.ts";
import { limitsWords } from "../proof/limits-words.ts";
import { verdictOf } from "./remedy-words.ts";
import type { Style } from "../style.ts";

/** Whether every number of chunks is decided. */
function isProved({ everySize }: ConfigurationVerdict): boolean {
  return (
    everySize?.kind === "asked" &&
    everySize.proof.properties.some(
      ({ property, verdict }) => property === "neverStuck" && verdict === "proved",
    )
  );
}

/** Whether the configuration can get stuck, in a sentence. */
export function headline(verdict: ConfigurationVerdict, style: Style): string {
  const { decision, lifted } = verdict;
  const by = decision.by.length === 0 ? "" : ` by ${decision.by.join(" and ")}`;
  switch (decision.answer) {
    case "stuck":
      return style.red(
        lifted === null
          ? `This engine can get stuck${by}.`
          : `This engine can get stuck${by}, once ${lifted.chunks} chunks are waiting.`,
      );
    case "free":
      return style.green(
        isProved(verdict)
          ? "This engine cannot get stuck by this mechanism."
          : "No way to get stuck was found; small scopes were explored, and nothing was proved for every size.",
      );
    case "undecided":
      return style.yellow(`Not decided: ${decision.reasons[0] ?? "no reason is known."}`);
  }
}

/** What stands below the headline: more reasons, conditions, and what the model says without some settings. */
export function decisionLines({ decision, judged }: ConfigurationVerdict): readonly string[] {
  const { answer, reasons, conditions, settings } = decision;
  const stuck = judged !== null && verdictOf(judged, "neverStuck") === "violated";
  switch (answer) {
    case "undecided":
      return [
        ...reasons.slice(1),
        ...conditions,
        ...decision.consequences,
        ...(judged === null
          ? []
          : [
              stuck
                ? "As far as the model goes, there is a way to get stuck; it is shown below."
                : "The rest of the configuration was judged without that: no way to get stuck was found.",
            ]),
      ];
    case "stuck":
      return [
        ...conditions,
        ...decision.consequences,
        ...(settings.length === 0
          ? []
          : [
              `Outside the model: ${namesOf(settings)}. There may be other ways in, with fewer chunks; the one below needs none of that.`,
            ]),
      ];
    case "free":
      return decision.consequences;
  }
}

function namesOf(settings: readonly { readonly setting: string }[]): string {
  return [...new Set(settings.map(({ setting }) => setting))].join(", ");
}

/** That outputs go on is not said where a setting outside the model may change it. */
export function isolationLine({ isolation, decision }: ConfigurationVerdict): readonly string[] {
  if (decision.answer === "undecided") return [];
  if (decision.settings.length > 0 && isolation === "holds") return [];
  switch (isolation) {
    case null:
      return [];
    case "violated":
      return [
        "While one output is offline, the others can be cut off too (isolation is violated).",
      ];
    case "holds":
      return ["While one output is offline, the others can go on (isolation holds)."];
  }
}

/** What was proved for every number of chunks. */
export function everySizeLines(verdict: ConfigurationVerdict): readonly string[] {
  const { everySize, shape, configuration, decision } = verdict;
  if (everySize === null) return [];
  const judged = shape?.outputs ?? 0;
  const { filesystem, memory } = configuration;
  const all = (filesystem.outputs.length > 0 ? filesystem : memory).outputs.length;
  const without =
    decision.settings.length === 0
      ? ""
      : `Without ${namesOf(decision.settings)}, which may change it: `;
  const of = judged < all ? `For ${judged} of ${all} outputs: ` : "";
  return everySize.kind === "asked"
    ? limitsWords(everySize.proof).map((sentence) => `${without}${of}${sentence}`)
    : [`Not decided for every number of chunks: ${everySize.sentence}.`];
}

export function warningWords({ message, position }: ConfigurationWarning): string {
  return `warning: ${position === undefined ? "" : `${formatPosition(position)}: `}${message}`;
}
