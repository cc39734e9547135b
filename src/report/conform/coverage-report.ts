import type { ModelCoverage } from "../../explore/model-coverage.ts";
import type { Style } from "../style.ts";

/** What a search never met: branches that were not taken, and comparisons that came out one way or were not asked. */
interface Unmet {
  readonly branches: readonly { readonly action: string; readonly words: string }[];
  readonly guards: readonly {
    readonly action: string;
    readonly comparison: string;
    /** `always` and `never` say how it came out; `not asked` that the action was never possible but for its guard. */
    readonly outcome: "always" | "never" | "not asked";
  }[];
}

/** What of the model was not met, for machines; the fields are documented in docs/cli.md. */
export function unmetJson({ branches, guards }: ModelCoverage): Unmet {
  return {
    branches: branches
      .filter(({ taken }) => !taken)
      .map(({ action, words }) => ({ action, words })),
    guards: guards
      .filter(({ held, failed }) => !held || !failed)
      .map(({ action, comparison, held, failed }) => ({
        action,
        comparison,
        outcome: held ? "always" : failed ? "never" : "not asked",
      })),
  };
}

function grouped(
  entries: readonly (readonly [string, string])[],
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [line, action] of entries) groups.set(line, [...(groups.get(line) ?? []), action]);
  return groups;
}

/** What of the model was not met, for a terminal; `where` names the scope or scopes. */
export function coverageText(coverage: ModelCoverage, where: string, style: Style): string {
  const { branches, guards } = unmetJson(coverage);
  const outcomes = grouped(
    guards.map(({ action, comparison, outcome }) => [`${comparison}: ${outcome}`, action]),
  );
  return [
    style.bold(`Coverage of the model, ${where}`),
    `${coverage.branches.length - branches.length} of ${coverage.branches.length} branches were taken${branches.length === 0 ? "" : "; never:"}`,
    ...branches.map(({ action, words }) => `  ${action}: ${words}`),
    `${coverage.guards.length - guards.length} of ${coverage.guards.length} comparisons came out both ways${guards.length === 0 ? "" : "; one way only:"}`,
    ...[...outcomes].map(([line, actions]) => `  ${line} (${[...new Set(actions)].join(", ")})`),
    "",
  ].join("\n");
}
