import type {
  Agent,
  Limit,
  LinearBound,
  Message,
  StateProperty,
  TransitionProperty,
} from "../../models/description.ts";
import type { ProgressProperty } from "../../models/progress.ts";
import type { Parameter, SlotNames } from "../../models/system.ts";
import type { MachineState, MachineTable } from "./machine-table.ts";
import type { MachineMove } from "./slot-space.ts";

/** `quantity - minus  relation  bound`; quantities are indices into `CompiledSystem.quantities`. */
export interface Guard {
  readonly quantity: number;
  /** -1 where nothing is subtracted. */
  readonly minus: number;
  readonly relation: "<" | ">=" | "=";
  readonly bound: LinearBound;
}

/** That a machine outside the slots is in, or goes to, a state. */
export interface SharedState {
  readonly machine: number;
  readonly state: number;
}

/** What an action adds to a counter. */
export interface CounterChange {
  /** Index into `CompiledSystem.quantities`. */
  readonly counter: number;
  readonly adds: number;
}

/** What any action has, whether it is of one slot or of the whole system. */
interface Action {
  readonly action: string;
  readonly agent: Agent;
  /** The output that the action is about; null where it is about none. */
  readonly output: number | null;
  /** Index into `fairnessInstances`; -1 where the action is nobody's duty. */
  readonly fairness: number;
  readonly guard: readonly Guard[];
  /** Names of the transition properties that the action violates. */
  readonly violates: readonly string[];
  /** What happened, in Fluent Bit's words. */
  readonly tells: string;
  readonly cFunction: string;
  readonly needs: readonly SharedState[];
  readonly sets: readonly SharedState[];
  /** The events that machines outside the slots take, in order. */
  readonly told: readonly Message[];
}

/** A slot that an action of another slot chooses, and what its machines then do. */
export interface ChosenSlot {
  readonly from: number;
  readonly to: number;
  readonly steps: readonly Omit<MachineMove, "before" | "after">[];
}

/** One transition of one slot in one place: enabled where the shared machines and the guard allow it. */
export interface SlotMove extends Action {
  readonly id: number;
  readonly rule: string;
  /** Index of the branch of the rule that applies. */
  readonly branch: number;
  readonly delivers: boolean;
  /** The routes mask, or the set of outputs, that the action is about; null where it is about none. */
  readonly mask: readonly number[] | null;
  /** The input that the action is of; null where it is of none, or where there is only one. */
  readonly input: number | null;
  readonly from: number;
  readonly to: number;
  /** The slots that the action chooses besides its own, each in one place and gone to another; mostly none. */
  readonly others: readonly ChosenSlot[];
  readonly counterChanges: readonly CounterChange[];
  /** Counters that become 0, as indices into `CompiledSystem.quantities`. */
  readonly resets: readonly number[];
  /** The events that the slot's machines took, in order. */
  readonly steps: readonly Omit<MachineMove, "before" | "after">[];
}

/** What happens to every slot at once: where each place goes, and what each slot there adds to the counters. */
export interface PlaceMap {
  readonly to: readonly number[];
  readonly counterChanges: readonly (readonly CounterChange[])[];
}

/** An action that is not of one slot. */
export interface SystemMove extends Action {
  readonly id: number;
  readonly everySlot: PlaceMap | null;
  readonly counterChanges: readonly CounterChange[];
  /** What counters become: 0, or the value of a counter or total before the action. */
  readonly assigns: readonly CounterAssignment[];
}

/** That a counter gets a value; both are indices into `CompiledSystem.quantities` (`from` a counter or a total, -1 for 0). */
export interface CounterAssignment {
  readonly counter: number;
  readonly from: number;
}

/** What follows for all slots at the end of every action, where the guard holds. */
interface CompiledGate {
  readonly name: string;
  readonly guard: readonly Guard[];
  readonly everySlot: PlaceMap;
}

/** A total or counter; `weights` says what a slot in each place adds to a total. */
export interface CompiledQuantity {
  readonly kind: "total" | "counter";
  readonly name: string;
  readonly output: number | null;
  readonly input: number | null;
  /** For a total, by place; empty for a counter. */
  readonly weights: readonly number[];
  /** For a total, the index of the counter that is added to it; -1 where there is none. */
  readonly plus: number;
  /** For a counter, its largest value. */
  readonly bound: LinearBound | null;
}

/** A machine outside the slots. */
export interface SharedMachine {
  readonly role: string;
  readonly output: number | null;
  readonly input: number | null;
  readonly table: Omit<MachineTable, "hears">;
}

/** A local state of a slot. */
export interface Place {
  readonly id: number;
  /** Short and stable, e.g. `up running flushing`. */
  readonly name: string;
  /** The state of each machine of the slot. */
  readonly machines: readonly {
    readonly role: string;
    readonly output: number | null;
    readonly state: MachineState;
  }[];
}

/** A safety property of states, for one output or input where it is about one. */
export interface CompiledStateProperty {
  readonly name: string;
  readonly output: number | null;
  readonly input: number | null;
  readonly while: readonly SharedState[];
  readonly requires: readonly Guard[];
}

/** The name of a property, what kind it is, and what it says. */
export type CompiledProperty =
  | Pick<StateProperty, "kind" | "name" | "meaning">
  | Pick<TransitionProperty, "kind" | "name" | "meaning">
  | Pick<ProgressProperty, "kind" | "name" | "meaning">;

/** What a clause of a progress property waits for; see `Pending` in the language. */
export type CompiledPending =
  | { readonly kind: "slot"; readonly quantity: number }
  | { readonly kind: "delivery"; readonly output: number; readonly quantity: number }
  | { readonly kind: "machine"; readonly machine: number; readonly until: number }
  | { readonly kind: "guard"; readonly where: readonly Guard[] };

/** A clause of a progress property, with everything that it names resolved. */
export interface CompiledClause extends Omit<
  ProgressProperty["clauses"][number],
  "pending" | "outputs"
> {
  /** The states of the machine that says whether the engine runs. */
  readonly phases: readonly SharedState[];
  /** What outputs must be, one state for each; null where some output is not online and it does not matter which. */
  readonly outputs: readonly SharedState[] | null;
  readonly pending: readonly CompiledPending[];
}

/** The clauses of a progress property; none where the system has too few outputs, or outputs that cannot be so. */
export interface CompiledProgress {
  readonly name: string;
  readonly hasLength: boolean;
  /** Whether it says what its name stands for everywhere; proofs and words know only those. */
  readonly isStandard: boolean;
  readonly clauses: readonly CompiledClause[];
}

/** A total that is shown against a limit. */
interface CompiledGauge {
  readonly name: string;
  readonly words: string;
  readonly counted: string;
  readonly mark: string;
  readonly quantity: number;
  /** The name of the limit. */
  readonly limit: string;
}

/** The description of a system as tables: everything that a consumer needs, for any number of slots and any limits. */
export interface CompiledSystem {
  /** The name of the system that it is of, such as `fluent-bit`. */
  readonly name: string;
  readonly title: string;
  readonly atFirst: string;
  readonly slots: SlotNames;
  /** Its parameters, as far as words about a scope need them. */
  readonly declared: readonly Pick<Parameter, "name" | "label" | "default">[];
  readonly outputs: number;
  readonly inputs: number;
  readonly limits: readonly Limit[];
  readonly places: readonly Place[];
  readonly quantities: readonly CompiledQuantity[];
  /** Indices of the counters among the quantities. */
  readonly counters: readonly number[];
  readonly shared: readonly SharedMachine[];
  /** Every action that the description states. */
  readonly actions: readonly string[];
  readonly slotMoves: readonly SlotMove[];
  /** The moves of a slot in each place. */
  readonly movesFrom: readonly (readonly SlotMove[])[];
  readonly systemMoves: readonly SystemMove[];
  readonly gate: CompiledGate | null;
  /** What weak fairness is owed to, in each slot: names such as `flush 0`. */
  readonly fairnessInstances: readonly string[];
  readonly stateProperties: readonly CompiledStateProperty[];
  readonly progress: readonly CompiledProgress[];
  /** Every property with its meaning, in the order of the description. */
  readonly properties: readonly CompiledProperty[];
  readonly vocabulary: {
    readonly running: SharedState;
    readonly online: readonly SharedState[];
    readonly live: number;
    readonly owed: readonly number[];
    readonly gauges: readonly CompiledGauge[];
  };
}
