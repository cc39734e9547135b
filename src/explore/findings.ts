import type {
  CompiledClause,
  CompiledPending,
  CompiledStateProperty,
  Guard,
  SharedState,
} from "../compile/compiled-system.ts";
import { boundValue, type Scope } from "../compile/scope.ts";
import { agentBits } from "./move-kinds.ts";

/** A state as a search has it at hand while it expands it. */
interface ExpandedState {
  readonly shared: ArrayLike<number>;
  readonly amounts: ArrayLike<number>;
}

/**
 * What a search finds out about each state while it expands it, and where first: the properties of states, the clauses that
 * ask whether somebody acts, and which moves are enabled. None of it needs a transition that is kept.
 */
export class Findings {
  /** The claims: first the properties of states that require something, then the clauses that ask whether somebody acts. */
  readonly properties: readonly CompiledStateProperty[];
  readonly clauses: readonly CompiledClause[];
  /** For each claim, 1 if some state was met that it speaks of. */
  readonly met: Uint8Array;
  /** For each claim, the first state that violates it; -1 if none does. */
  readonly first: Float64Array;
  /** For each move, 1 if it was ever enabled. */
  readonly taken: Uint8Array;
  /** For each move that violates a property wherever it is taken, the first state in which it is enabled; -1 if there is none. */
  readonly offences: Float64Array;
  readonly #scope: Scope;

  constructor(scope: Scope) {
    const { slotMoves, systemMoves, stateProperties, progress } = scope.system;
    this.#scope = scope;
    this.properties = stateProperties.filter(({ requires }) => requires.length > 0);
    this.clauses = progress
      .flatMap(({ clauses }) => clauses)
      .filter(({ modality }) => modality === "acts");
    const claims = this.properties.length + this.clauses.length;
    this.met = new Uint8Array(claims);
    this.first = new Float64Array(claims).fill(-1);
    this.taken = new Uint8Array(slotMoves.length + systemMoves.length);
    this.offences = new Float64Array(this.taken.length).fill(-1);
  }

  /** Takes down that a state violates a claim. */
  note(claim: number, state: number): void {
    if (this.first[claim] === -1) this.first[claim] = state;
  }

  /** Takes down that a move which violates a property is enabled in a state. */
  offend(move: number, state: number): void {
    if (this.offences[move] === -1) this.offences[move] = state;
  }

  /**
   * Judges a state by the tables.
   *
   * @param acting who can change something there, as `agentBits` says it
   */
  judge(expanded: ExpandedState, acting: number, state: number): void {
    this.judgeProperties(expanded, state);
    const { shared, amounts } = expanded;
    const is = (one: SharedState): boolean => shared[one.machine] === one.state;
    const holds = (guard: Guard): boolean => this.#holds(guard, amounts);
    const { online } = this.#scope.system.vocabulary;
    const waits = (pending: CompiledPending): boolean => {
      if (pending.kind === "machine") {
        return !is({ machine: pending.machine, state: pending.until });
      }
      if (pending.kind === "guard") return pending.where.every(holds);
      const output = pending.kind === "delivery" ? online[pending.output] : null;
      if (output === undefined || (output !== null && !is(output))) return false;
      return (amounts[pending.quantity] ?? 0) > 0;
    };
    this.clauses.forEach(({ phases, outputs, pending, agents }, index) => {
      const concerns =
        phases.some(is) && (outputs === null ? online.some((one) => !is(one)) : outputs.every(is));
      if (!concerns || !pending.some(waits)) return;
      const claim = this.properties.length + index;
      this.met[claim] = 1;
      if ((acting & agentBits(agents)) === 0) this.note(claim, state);
    });
  }

  /** Judges the properties of states alone: for a state that waits to be expanded when a search ends early. */
  judgeProperties({ shared, amounts }: ExpandedState, state: number): void {
    this.properties.forEach((property, claim) => {
      if (!property.while.every(({ machine, state: one }) => shared[machine] === one)) return;
      this.met[claim] = 1;
      if (!property.requires.every((guard) => this.#holds(guard, amounts))) this.note(claim, state);
    });
  }

  #holds({ quantity, minus, relation, bound }: Guard, amounts: ArrayLike<number>): boolean {
    const left = (amounts[quantity] ?? 0) - (minus < 0 ? 0 : (amounts[minus] ?? 0));
    const limit = boundValue(bound, this.#scope);
    return relation === "<" ? left < limit : relation === ">=" ? left >= limit : left === limit;
  }
}
