import type { MachineState } from "../../compile/machine-table.ts";
import { type Scope, boundValue, limitValue } from "../../compile/scope.ts";
import type { Moment } from "../run.ts";
import { quantityWords } from "./quantity-words.ts";

/** One thing that a step changed. */
export interface Change {
  /** What changed, such as `chunk 1: storage` or `tasks`. */
  readonly what: string;
  readonly from: string;
  readonly to: string;
  /** What the machine's transition stands for; empty where nothing more is to be said. */
  readonly why: string;
}

const settings = new Set(["retryLimit", "releaseOnClose", "detachOnOutputExit"]);

/** A machine's state with what its context adds, such as `retry, retriesUsed 1`. */
export function stateWords({ value, context }: MachineState): string {
  const extras = Object.entries(context).filter(
    ([key, held]) => !settings.has(key) && held !== null && held !== 0,
  );
  return [value, ...extras.map(([key, held]) => `${key} ${String(held)}`)].join(", ");
}

function whyOf(moment: Moment, slot: number, role: string, output: number | null): string {
  const { taken } = moment;
  if (taken?.slot !== slot) return "";
  return taken.move.steps
    .filter(({ message }) => message.to === role && (message.output ?? null) === output)
    .map(({ description }) => description)
    .join("; ");
}

/** What differs between two moments of a run that follow one another: machines first, then the totals and counters. */
export function changesBetween(scope: Scope, before: Moment, after: Moment): readonly Change[] {
  const { system } = scope;
  const { noun } = system.slots;
  const changes: Change[] = [];
  after.state.places.forEach((place, slot) => {
    const was = system.places[before.state.places[slot] ?? 0];
    const is = system.places[place];
    if (was === undefined || is === undefined || was === is) return;
    is.machines.forEach(({ role, output, state }, index) => {
      const from = was.machines[index];
      if (from === undefined || from.state.id === state.id) return;
      changes.push({
        what: `${noun} ${slot}: ${role}${output === null ? "" : ` to output ${output}`}`,
        from: stateWords(from.state),
        to: stateWords(state),
        why: whyOf(after, slot, role, output),
      });
    });
  });
  system.shared.forEach(({ role, output, table }, machine) => {
    const from = table.states[before.state.shared[machine] ?? 0];
    const to = table.states[after.state.shared[machine] ?? 0];
    if (from === undefined || to === undefined || from.id === to.id) return;
    const what = output === null ? role : `${role} ${output}`;
    changes.push({ what, from: stateWords(from), to: stateWords(to), why: "" });
  });
  const limits = new Map(
    system.vocabulary.gauges.map(({ quantity, limit }) => [quantity, limitValue(scope, limit)]),
  );
  system.quantities.forEach((quantity, index) => {
    const from = before.state.amounts[index] ?? 0;
    const to = after.state.amounts[index] ?? 0;
    const limit =
      limits.get(index) ??
      (quantity.bound === null ? undefined : boundValue(quantity.bound, scope));
    if (from === to || limit === undefined) return;
    changes.push({
      what: quantityWords(quantity),
      from: String(from),
      to: `${to} of ${limit}`,
      why: "",
    });
  });
  return changes;
}
