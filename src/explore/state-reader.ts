import type { SharedState } from "../compile/compiled-system.ts";
import { guardHolds } from "../compile/conditions.ts";
import type { CompiledStateProperty } from "../compile/compiled-system.ts";
import type { StateGraph } from "./state-graph.ts";

/** Reads states of a graph one at a time; what it returns is valid until the next `read`. */
export class StateReader {
  /** The places of the slots, then the shared machines' states, then the counters. */
  readonly fields: Int32Array;
  /** The totals and counters, in the order of the compiled quantities. */
  readonly amounts: Int32Array;
  readonly #graph: StateGraph;
  readonly #totals: readonly {
    readonly quantity: number;
    readonly weights: Uint8Array;
    readonly plus: number;
  }[];
  readonly #sharedAt: number;
  readonly #countersAt: number;

  constructor(graph: StateGraph) {
    this.#graph = graph;
    this.#totals = graph.scope.system.quantities.flatMap(({ kind, weights, plus }, quantity) =>
      kind === "total" ? [{ quantity, weights: Uint8Array.from(weights), plus }] : [],
    );
    this.fields = new Int32Array(graph.layout.fields);
    this.amounts = new Int32Array(graph.scope.system.quantities.length);
    this.#sharedAt = graph.scope.parameters.chunks;
    this.#countersAt = this.#sharedAt + graph.scope.system.shared.length;
  }

  /** Reads state `index`. */
  read(index: number): void {
    const { layout, words, scope } = this.#graph;
    layout.unpack(words, index * layout.words, this.fields);
    scope.system.counters.forEach((quantity, order) => {
      this.amounts[quantity] = this.fields[this.#countersAt + order] ?? 0;
    });
    for (const { quantity, weights, plus } of this.#totals) {
      let sum = plus < 0 ? 0 : (this.amounts[plus] ?? 0);
      for (let slot = 0; slot < this.#sharedAt; slot++) sum += weights[this.fields[slot] ?? 0] ?? 0;
      this.amounts[quantity] = sum;
    }
  }

  /** The place of a slot. */
  place(slot: number): number {
    return this.fields[slot] ?? 0;
  }

  /** The state of a shared machine. */
  shared(machine: number): number {
    return this.fields[this.#sharedAt + machine] ?? 0;
  }

  /** Whether a shared machine is in a state. */
  is({ machine, state }: SharedState): boolean {
    return this.fields[this.#sharedAt + machine] === state;
  }

  /** Whether the engine runs. */
  get running(): boolean {
    return this.is(this.#graph.scope.system.vocabulary.running);
  }

  /** Whether an output is online. */
  isOnline(output: number): boolean {
    const online = this.#graph.scope.system.vocabulary.online[output];
    return online !== undefined && this.is(online);
  }

  /** The outputs that are online, as a bit set. */
  get onlineOutputs(): number {
    let bits = 0;
    this.#graph.scope.system.vocabulary.online.forEach((online, output) => {
      if (this.is(online)) bits |= 1 << output;
    });
    return bits;
  }

  /** How many live chunks there are. */
  get live(): number {
    return this.amounts[this.#graph.scope.system.vocabulary.live] ?? 0;
  }

  /** How many chunks owe an output a delivery. */
  owed(output: number): number {
    return this.amounts[this.#graph.scope.system.vocabulary.owed[output] ?? -1] ?? 0;
  }

  /** Whether a state property has something to say here. */
  concerns(property: CompiledStateProperty): boolean {
    return property.requires.length > 0 && property.while.every((state) => this.is(state));
  }

  /** Whether a state property holds here. */
  satisfies(property: CompiledStateProperty): boolean {
    return (
      !this.concerns(property) ||
      property.requires.every((guard) => guardHolds(guard, this.#graph.scope, this.amounts))
    );
  }
}
