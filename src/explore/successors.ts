import type { Scope } from "../compile/scope.ts";
import { Expander, type SuccessorSink } from "./expander.ts";
import type { Findings } from "./findings.ts";
import { GrowableUint32 } from "./growable.ts";
import type { Layout } from "./layout.ts";
import type { MoveKinds } from "./move-kinds.ts";
import { edgeCode } from "./state-graph.ts";
import { hasStepText, stepText } from "./step-text.ts";
import { runText } from "./run-text.ts";

/** Successors that are looked up together. */
const batch = 2048;
/** So many states are expanded by the tables: a scope that has no more is not worth code of its own. */
const firstByTables = 64;

/** By what the successors of a state are worked out: by the tables, by code for the scope, or first one, then the other. */
export type Expansion = "tables" | "code" | "tables, then code";

/** How successors are collected. */
export interface CollectOptions {
  readonly symmetry: boolean;
  /** Whether transitions are kept. */
  readonly keeps: boolean;
  readonly expansion: Expansion;
  /** Gets what is found out about each state; null where states are not judged. */
  readonly findings: Findings | null;
  /** Looks up the successors that wait, when there is no more room for others. */
  readonly settle: () => void;
}

/** The successors of states, collected until they are looked up together, and what a search counts on the way. */
export class Successors implements SuccessorSink {
  /** The successors that wait: their words; whence they come; their transitions. */
  waiting = 0;
  readonly states: Uint32Array;
  readonly sources: Uint32Array;
  readonly edges: Uint32Array;
  readonly edgeTargets = new GrowableUint32();
  readonly edgeCodes = new GrowableUint32();
  /** The memory of the transitions, and their number, while a state is expanded. */
  targets: Uint32Array;
  codes: Uint32Array;
  edge = 0;
  /** The state that is expanded. */
  self = 0;
  /** Transitions that were followed, of all states. */
  followed = 0;
  /** Labelled transitions of each labelled state that the last state stands for, and how many lead to itself. */
  outgoing = 0;
  loops = 0;
  /** How many slots there are at each site of the last state; not told where slots are told apart. */
  sites = 0;
  readonly counts: Int32Array;
  /** Whether the places of the last state are in ascending order of the slots. */
  isAscending = true;
  /** The first gauge of the last state. */
  up = 0;
  /** Who can change something in the last state, by the tables, as `agentBits` says it. */
  acting = 0;
  readonly findings: Findings | null;
  /** The step of this scope by code, once that is asked for. */
  written: ((words: Uint32Array, at: number) => void) | null = null;
  readonly #scope: Scope;
  readonly #layout: Layout;
  readonly #options: CollectOptions;
  readonly #expander: Expander;
  readonly #gauge: number;
  readonly #agents: Uint8Array;
  /** 1 for a move that violates a property wherever it is taken. */
  readonly #violates: Uint8Array;
  /** The most successors of a state, besides those that choose other slots. */
  readonly #most: number;
  /** After so many states code is written for the scope. */
  #byTables: number;
  #loaded = -1;

  constructor(scope: Scope, layout: Layout, kinds: MoveKinds, options: CollectOptions) {
    const { slotMoves, systemMoves, movesFrom, vocabulary } = scope.system;
    const mostFrom = Math.max(0, ...movesFrom.map(({ length }) => length));
    const ofSlots = layout.population === "counts" ? slotMoves.length : layout.slots * mostFrom;
    this.#most = ofSlots + systemMoves.length;
    this.states = new Uint32Array((batch + this.#most) * layout.words);
    this.sources = new Uint32Array(batch + this.#most);
    this.edges = new Uint32Array(batch + this.#most);
    this.targets = this.edgeTargets.raw;
    this.codes = this.edgeCodes.raw;
    this.#scope = scope;
    this.#layout = layout;
    this.#options = options;
    this.#agents = kinds.agent;
    this.findings = options.findings;
    this.#violates = Uint8Array.from([...slotMoves, ...systemMoves], ({ violates }) =>
      Number(violates.length > 0),
    );
    this.#gauge = vocabulary.gauges[0]?.quantity ?? -1;
    this.#expander = new Expander(scope, layout, kinds);
    this.counts = this.#expander.sites.count;
    this.#byTables =
      options.expansion === "tables" || !hasStepText(scope, layout)
        ? Number.POSITIVE_INFINITY
        : options.expansion === "code"
          ? 0
          : firstByTables;
  }

  /**
   * Collects the successors of the state that starts at `at` of `words`.
   *
   * @param self its number: each state has its own
   * @throws NoRoom if a place has no room for its slots
   * @throws RangeError if a counter leaves its range
   */
  expand(words: Uint32Array, at: number, self: number): void {
    if (this.waiting >= batch) this.#options.settle();
    if (this.#options.keeps) this.#reserve();
    this.self = self;
    this.outgoing = 0;
    this.loops = 0;
    this.acting = 0;
    if (this.#byTables-- === 0) {
      const written = { keeps: this.#options.keeps, judges: this.findings !== null };
      runText(stepText(this.#scope, this.#layout, this.#expander.gate, written), this);
    }
    if (this.written === null) this.#expandByTables(words, at);
    else this.written(words, at);
    if (this.#options.keeps) this.#keep();
  }

  arrive(move: number, slot: number, ways: number, identity: boolean, gated: boolean): void {
    const { keeps, symmetry, settle } = this.#options;
    this.outgoing += ways;
    this.followed++;
    if (this.findings !== null) this.#take(move, identity, this.findings);
    if (identity) this.loops += ways;
    else {
      const { next } = this.#expander;
      if (this.waiting >= batch) settle();
      const index = this.waiting++;
      const offset = index * next.length;
      for (let word = 0; word < next.length; word++) this.states[offset + word] = next[word] ?? 0;
      this.sources[index] = this.self;
      this.edges[index] = this.edge;
    }
    if (!keeps) return;
    if (this.edge + this.#most > this.targets.length) {
      this.#keep();
      this.#reserve();
    }
    // Where it leads is written once it has been looked up.
    this.targets[this.edge] = this.self;
    this.codes[this.edge++] = edgeCode(move, symmetry ? 0 : slot, identity, gated);
  }

  /** Works out by the tables what code leaves to them: one move of the state that is expanded; see `Expander.take`. */
  leave(words: Uint32Array, at: number, move: number, site: number): void {
    if (this.#loaded !== this.self) this.#expander.load(words, at);
    this.#loaded = this.self;
    this.#expander.take(move, site, this);
  }

  /** Ends the search: a field has no room for a value. */
  refuse(field: number, value: number): never {
    return this.#layout.refuse(field, value);
  }

  #take(move: number, identity: boolean, findings: Findings): void {
    findings.taken[move] = 1;
    if (this.#violates[move] === 1) findings.offend(move, this.self);
    if (!identity) this.acting |= this.#agents[move] ?? 0;
  }

  #expandByTables(words: Uint32Array, at: number): void {
    const { sites, amounts } = this.#expander;
    this.#expander.expand(words, at, this);
    this.findings?.judge(
      { shared: this.#expander.shared, amounts: amounts.values },
      this.acting,
      this.self,
    );
    this.sites = sites.length;
    this.isAscending = this.#options.symmetry || sites.isAscending;
    this.up = this.#gauge < 0 ? 0 : (amounts.values[this.#gauge] ?? 0);
  }

  #reserve(): void {
    this.targets = this.edgeTargets.reserve(this.#most + 1);
    this.codes = this.edgeCodes.reserve(this.#most + 1);
    this.edge = this.edgeTargets.length;
  }

  #keep(): void {
    this.edgeTargets.length = this.edge;
    this.edgeCodes.length = this.edge;
  }
}
