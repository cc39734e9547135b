import type { CompiledClause, CompiledPending, SharedState } from "../compile/compiled-system.ts";
import type { Scope } from "../compile/scope.ts";
import { Findings } from "./findings.ts";
import { agentBits } from "./move-kinds.ts";
import type { StateText } from "./state-text.ts";

/** Conditions of which all must hold, or one. */
function all(texts: readonly string[]): string {
  const kept = texts.filter((text) => text !== "true");
  return kept.includes("false") ? "false" : kept.length === 0 ? "true" : kept.join(" && ");
}

function some(texts: readonly string[]): string {
  const kept = texts.filter((text) => text !== "false");
  if (kept.includes("true")) return "true";
  return kept.length === 0 ? "false" : `(${kept.map((text) => `(${text})`).join(" || ")})`;
}

/**
 * Writes how a state is judged while it is expanded: the same as `Findings.judge`. `acting` is who can change something.
 */
export function findingsText(scope: Scope, state: StateText): readonly string[] {
  const { properties, clauses } = new Findings(scope);
  const is = (one: SharedState): string => state.isIn(one.machine, one.state);
  const { online } = scope.system.vocabulary;
  const waits = (pending: CompiledPending): string => {
    if (pending.kind === "machine") {
      return `!(${is({ machine: pending.machine, state: pending.until })})`;
    }
    if (pending.kind === "guard") return all(pending.where.map((guard) => state.compares(guard)));
    const output = pending.kind === "delivery" ? online[pending.output] : null;
    if (output === undefined) return "false";
    const present = `${state.quantity(pending.quantity)} > 0`;
    return output === null ? present : all([is(output), present]);
  };
  const concerns = ({ phases, outputs, pending }: CompiledClause): string =>
    all([
      some(phases.map(is)),
      outputs === null ? some(online.map((one) => `!(${is(one)})`)) : all(outputs.map(is)),
      some(pending.map(waits)),
    ]);
  const claim = (index: number, when: string, violated: string, name: string): readonly string[] =>
    when === "false"
      ? []
      : [
          `if (${when}) { // ${name}`,
          `  met[${index}] = 1;`,
          `  if (${violated}) findings.note(${index}, self);`,
          "}",
        ];
  return [
    ...properties.flatMap((property, index) =>
      claim(
        index,
        all(property.while.map(is)),
        `!(${all(property.requires.map((guard) => state.compares(guard)))})`,
        property.name,
      ),
    ),
    ...clauses.flatMap((clause, index) =>
      claim(
        properties.length + index,
        concerns(clause),
        `(acting & ${agentBits(clause.agents)}) === 0`,
        "somebody acts",
      ),
    ),
  ];
}
