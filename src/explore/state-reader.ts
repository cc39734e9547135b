import type { CompiledStateProperty, SharedState } from "../compile/compiled-system.ts";
import { guardHolds } from "../compile/conditions.ts";
import type { SystemState } from "../compile/stepper.ts";
import { Amounts } from "./amounts.ts";
import { Sites } from "./sites.ts";
import type { StateGraph } from "./state-graph.ts";

/**
 * Reads states of a graph one at a time; what it returns is valid until the next `read`. Only what is asked for is
 * unpacked.
 */
export class StateReader {
  readonly #graph: StateGraph;
  readonly #sites: Sites;
  readonly #amounts: Amounts;
  #offset = 0;
  #hasSites = false;
  #hasAmounts = false;

  constructor(graph: StateGraph) {
    this.#graph = graph;
    this.#sites = new Sites(graph.layout);
    this.#amounts = new Amounts(graph.scope.system, graph.layout);
  }

  /** Reads state `index`. */
  read(index: number): void {
    this.#offset = index * this.#graph.layout.words;
    this.#hasSites = false;
    this.#hasAmounts = false;
  }

  /** Where the slots are. */
  get sites(): Sites {
    if (!this.#hasSites) {
      this.#sites.read(this.#graph.words, this.#offset);
      this.#hasSites = true;
    }
    return this.#sites;
  }

  /** The totals and counters, in the order of the compiled quantities. */
  get amounts(): Int32Array {
    if (!this.#hasAmounts) {
      this.#amounts.read(this.#graph.words, this.#offset, this.sites);
      this.#hasAmounts = true;
    }
    return this.#amounts.values;
  }

  /** The state of a shared machine. */
  shared(machine: number): number {
    const { layout, words } = this.#graph;
    const field = layout.sharedAt + machine;
    return (
      ((words[this.#offset + (layout.word[field] ?? 0)] ?? 0) >>> (layout.shift[field] ?? 0)) &
      (layout.mask[field] ?? 0)
    );
  }

  /** A copy of the state; slots that are not told apart are in ascending order of their places. */
  state(): SystemState {
    const { place, count, length } = this.sites;
    const places: number[] = [];
    for (let site = 0; site < length; site++) {
      for (let slot = 0; slot < (count[site] ?? 0); slot++) places.push(place[site] ?? 0);
    }
    const shared = this.#graph.scope.system.shared.map((_, machine) => this.shared(machine));
    return { places, shared, amounts: [...this.amounts] };
  }

  /** Whether a shared machine is in a state. */
  is({ machine, state }: SharedState): boolean {
    return this.shared(machine) === state;
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
    const { online } = this.#graph.scope.system.vocabulary;
    let bits = 0;
    for (let output = 0; output < online.length; output++) {
      if (this.isOnline(output)) bits |= 1 << output;
    }
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
