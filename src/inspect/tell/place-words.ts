import type { Place } from "../../compile/compiled-system.ts";
import type { Scope } from "../../compile/scope.ts";
import { stateWords } from "./changes.ts";

/** One thing that a chunk is or has, such as `in memory`. */
export interface PlacePart {
  /** What it is a part of: `memory`, `disk`, `task`, `none`, or the role and state of a machine. */
  readonly kind: string;
  readonly text: string;
  /** The machine and its state, as the model has them. */
  readonly title: string;
}

const storageWords: Readonly<Record<string, string>> = {
  up: "in memory",
  upForOutput: "in memory, over the limit",
  down: "on disk only",
};

const deliveryWords: Readonly<Record<string, string>> = {
  routed: "waits for a task",
  owed: "still owed",
  flushing: "being flushed",
  retry: "waits for its retry",
};

/** What a slot in a place is and has, in Fluent Bit's words where there are some. */
export function partsOf(place: Place, scope: Scope): readonly PlacePart[] {
  const counts = (name: string): boolean => {
    const { quantities, vocabulary } = scope.system;
    const quantity = vocabulary.gauges.find((gauge) => gauge.name === name)?.quantity ?? -1;
    return quantities[quantity]?.weights[place.id] === 1;
  };
  const inMemory = counts("up");
  const hasTask = counts("tasks");
  return place.machines.flatMap(({ role, output, state }) => {
    const words = stateWords(state);
    const title = `${role}${output === null ? "" : ` to output ${output}`}: ${words}`;
    if (role === "chunk") {
      const text = storageWords[state.value] ?? words;
      const charged = state.context["chargedTo"];
      const told = typeof charged === "number" ? `${text}, charged to output ${charged}` : text;
      return [{ kind: inMemory ? "memory" : "disk", text: told, title }];
    }
    if (role === "task") {
      const text = hasTask ? "has a task" : "no task";
      return [{ kind: hasTask ? "task" : "none", text, title }];
    }
    if (state.value === "none" || state.value === "unrouted") return [];
    const told = words.replace(state.value, deliveryWords[state.value] ?? state.value);
    const text = output === null ? words : `→ output ${output}: ${told}`;
    return [{ kind: `role-${role} is-${state.value}`, text, title }];
  });
}
