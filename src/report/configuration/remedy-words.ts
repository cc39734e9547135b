import type { ScopeResult } from "../../explore/check-scope.ts";
import type {
  ConfigurationVerdict,
  Decision,
  Remedy,
} from "../../analysis/configuration/configuration-verdict.ts";

/** What was judged of a property; unknown where it was not asked for. */
export function verdictOf(result: ScopeResult, name: string): "holds" | "violated" | "unknown" {
  return result.properties.find(({ property }) => property === name)?.verdict ?? "unknown";
}

/** The property that the remedies are for: the stall, or else the isolation of several outputs. */
function trouble(judged: ScopeResult): "neverStuck" | "isolation" | null {
  if (verdictOf(judged, "neverStuck") === "violated") return "neverStuck";
  return verdictOf(judged, "isolation") === "violated" ? "isolation" : null;
}

function wordsOf(result: ScopeResult, property: "neverStuck" | "isolation"): string {
  const verdict = verdictOf(result, property);
  if (verdict === "unknown") return "is not decided";
  if (property === "neverStuck") {
    return verdict === "holds" && verdictOf(result, "recovery") === "holds"
      ? "helps: cannot get stuck"
      : "does not help: still gets stuck";
  }
  if (verdict === "violated") return "does not help: one output still cuts off the other";
  return verdictOf(result, "isolationFair") === "violated"
    ? "helps a little: the other output can go on, but may wait for ever"
    : "helps: outputs are isolated";
}

/** What the model says of a remedy; empty where there is no trouble to help with. */
export function remedyWords({ judged }: ConfigurationVerdict, { result, delays }: Remedy): string {
  const property = judged === null ? null : trouble(judged);
  if (property === null) return "";
  if (result === null) return "is not decided in the time that there was";
  return delays
    ? "helps in part: more chunks have to wait before one output cuts off the other"
    : wordsOf(result, property);
}

/** Whether a remedy helps. */
export function isHelp(verdict: ConfigurationVerdict, remedy: Remedy): boolean {
  return remedyWords(verdict, remedy).startsWith("helps");
}

/** A remedy as a sentence, with its price where it helps. */
export function remedySentence(verdict: ConfigurationVerdict, remedy: Remedy): string {
  const sentence = `${remedy.change} ${remedyWords(verdict, remedy)}.`;
  return isHelp(verdict, remedy) ? `${sentence} Price: ${remedy.cost}.` : sentence;
}

/** Data that is lost is a higher price than any other, and help in part comes after help. */
function rank(verdict: ConfigurationVerdict, remedy: Remedy): number {
  const words = remedyWords(verdict, remedy);
  if (!words.startsWith("helps")) return 6;
  const price = /lost|loss|dropped/u.test(remedy.cost) ? 2 : remedy.needs === "load" ? 1 : 0;
  return (words.startsWith("helps:") ? 0 : 3) + price;
}

/** The remedies, best first; none where there is no trouble. */
export function sortedRemedies(verdict: ConfigurationVerdict): readonly Remedy[] {
  const { judged, remedies } = verdict;
  if (judged === null || trouble(judged) === null) return [];
  return remedies.toSorted((one, other) => rank(verdict, one) - rank(verdict, other));
}

/** What the remedies do not reckon with. */
export function remedyTitle({ settings }: Decision): string {
  const names = [...new Set(settings.map(({ setting }) => setting))];
  return names.length === 0 ? "" : `, without ${names.join(", ")}`;
}
