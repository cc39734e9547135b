import type { AnyStateMachine } from "xstate";
import type { Comparison, LinearBound, Quantity } from "./comparison.ts";
import type { ProgressProperty } from "./progress.ts";
import type { System, Value, Values } from "./system.ts";

export type { Comparison, LinearBound, Quantity } from "./comparison.ts";

/**
 * The language in which a system is composed of machines.
 *
 * A *slot* holds a chunk together with its task and its deliveries (a request, a job); slots are interchangeable. A system
 * is N slots, M outputs (or none), a few machines that the slots share, and small counters. A rule says which machines get which event, and
 * under which linear guard over totals (sums over the slots) and counters. It never says what a machine does.
 */

/** An event of a machine; `output` and `input` say which one it is about, where it is about one. */
export interface MachineEvent {
  readonly type: string;
  readonly output?: number;
  readonly input?: number;
}

/** One machine of the composition; a machine `perOutput` exists once for each output, one `perInput` once for each input. */
export interface Role {
  readonly name: string;
  readonly machine: AnyStateMachine;
  /** What the machine is created with; must be made of plain data. */
  readonly input?: Readonly<Record<string, string | number | boolean>>;
  readonly perOutput: boolean;
  /** Only a machine outside the slots can exist once for each input. */
  readonly perInput?: boolean;
  /** Every event that the machine can be sent, so that it can be tabulated. */
  readonly events: readonly MachineEvent[];
}

/** What a rule may ask about the machines of one slot. State names are checked against the machine. */
export interface SlotView {
  /** Whether the slot's own machine is in one of these states. */
  is(role: string, ...states: string[]): boolean;
  /** Whether the machine that the slot has for this output is in one of these states. */
  isFor(role: string, output: number, ...states: string[]): boolean;
  /** The outputs for which the slot's machine of this role is in one of these states. */
  outputsIn(role: string, ...states: string[]): readonly number[];
  /** A value of the context of the slot's own machine. */
  context(role: string, key: string): string | number | boolean | null;
}

/** A named yes-or-no question about one slot. */
export interface SlotCondition {
  readonly name: string;
  readonly holds: (slot: SlotView, output: number) => boolean;
}

/**
 * A number of slots: how many satisfy a condition. With `perOutput` there is one such total for each output, with
 * `perInput` one for each input, with both one for each pair.
 */
export interface Total {
  readonly name: string;
  readonly perOutput: boolean;
  readonly perInput?: boolean;
  /** `output` and `input` are -1 where the total does not exist once for each. */
  readonly counts: (slot: SlotView, output: number, input: number) => boolean;
  /** A counter that is not of an output, whose value is added to the number of slots. */
  readonly plus?: string;
}

/** A counter, 0 at first, never above its bound: one for each output, or one of its kind. */
interface Counter {
  readonly name: string;
  readonly perOutput: boolean;
  /** Besides limits it may speak of the number of slots, by the name of the parameter that says it. */
  readonly bound: LinearBound;
}

/** A limit: a number that guards compare with, and that a proof leaves open. */
export interface Limit {
  readonly name: string;
  /** The letter that stands for it in formulas. */
  readonly symbol: string;
  /** Its smallest value. */
  readonly least: number;
  /** Its value in a scope. */
  readonly value: (values: Values) => number;
}

/** An event for one machine of the acting slot, of an output, of an input, or of the shared machines. */
export interface Message {
  readonly to: string;
  readonly output?: number;
  readonly input?: number;
  readonly event: MachineEvent;
}

/** The instance of a rule: the output, the input and the set of outputs that it is about, where it is about them. */
export interface Instance {
  readonly output: number;
  readonly input: number;
  readonly mask: readonly number[];
}

/** Who takes an action: the input, the engine, or the world outside. */
export type Agent = "input" | "engine" | "environment";

/** A slot that an action chooses besides its own, and what becomes of it. */
export interface Choice {
  readonly name: string;
  /** When a slot has to be chosen, in the state as it is after what the action did before. */
  readonly needed: readonly Comparison[];
  /** Totals of the slots that can be chosen: the first that is not 0 is used, and any of its slots may be taken. */
  readonly groups: readonly Quantity[];
  /** Events for the machines of the slot that was chosen. */
  readonly send: (chosen: SlotView) => readonly Message[];
}

/** How an action goes on after its choices: the first ending whose guard holds in the state as it is then. */
export interface Ending extends Pick<Outcome, "breaks" | "adds"> {
  readonly action: string;
  readonly tells: string;
  readonly cFunction: string;
  readonly guard: readonly Comparison[];
  /** Events for the acting slot, and for machines outside the slots. */
  readonly send: readonly Message[];
}

/** What the choices of an action came to: whether slots were chosen, and whether a choice found no slot. */
export interface ChoiceResult {
  readonly chosen: boolean;
  readonly failed: boolean;
}

/** One thing that may happen where a branch applies; several outcomes are a choice that the model leaves open. */
export interface Outcome {
  /** The action's name, as the semantics gives it. */
  readonly action: string;
  readonly agent: Agent;
  /** The fairness instance that this action counts for: one for each slot and, where the rule has one, output. */
  readonly fairness?: string;
  /** Whether the action is a successful delivery to the rule's output. */
  readonly delivers?: boolean;
  /** What happened, in Fluent Bit's words. */
  readonly tells: string;
  /** The C function that does it, as `file.c::function`, in release v3.0.4 unless it says otherwise. */
  readonly cFunction: string;
  /** What must hold besides the guard of the branch, in the state before the action. */
  readonly guard?: readonly Comparison[];
  /** Transition properties that the action breaks, whatever it does to the slot. */
  readonly breaks?: readonly string[];
  /** What the action adds to counters that are not of an output. */
  readonly adds?: readonly { readonly counter: string; readonly adds: 1 | -1 }[];
  /** Counters that are not of an output, and that the action sets to 0. Nothing after it in the action may ask for them. */
  readonly resets?: readonly string[];
  /** The events to send, in order. The action is enabled only where each is accepted. */
  readonly send: (instance: Instance, slot: SlotView) => readonly Message[];
  /** The slots that the action chooses, one after the other, after these events. */
  readonly choices?: (instance: Instance) => readonly Choice[];
  /** How the action goes on after its choices; `action`, `tells` and `cFunction` are then the ending's. */
  readonly endings?: (instance: Instance, result: ChoiceResult) => readonly Ending[];
}

/** A case of a rule: the first branch whose condition and guard hold is the one that applies. */
export interface Branch {
  readonly where: SlotCondition;
  readonly guard: (instance: Instance, slot: SlotView) => readonly Comparison[];
  readonly outcomes: readonly Outcome[];
}

/** A family of actions of one slot. */
export interface SlotRule {
  readonly name: string;
  /** `slot and mask`: for each input and each mask that its chunks may have; `slot and outputs`: for each set of outputs. */
  readonly for: "slot" | "slot and output" | "slot and mask" | "slot and outputs";
  /** The inputs that a rule for slot and mask is about; all of them where it is left out. */
  readonly inputs?: readonly number[];
  /** Whether the rule has anything to say of a slot for this instance. */
  readonly concerns?: (instance: Instance, slot: SlotView) => boolean;
  readonly branches: readonly Branch[];
}

/**
 * What follows an action outside its slot: a named action that a machine of the slot asked for, once the comparisons hold
 * in the state after. Events that a machine does not accept are ignored.
 */
export interface FollowUp {
  readonly name: string;
  /** The named action that asks for it. */
  readonly askedBy: string;
  /** It follows only while this shared machine, the one of its role, is in this state. */
  readonly while: { readonly role: string; readonly state: string };
  /** `slot` is the slot as it was when the action was asked for. */
  readonly guard: (slot: SlotView) => readonly Comparison[];
  readonly send: (slot: SlotView) => readonly Message[];
}

/** What is sent to every slot at once; a slot whose machines do not accept an event ignores it. */
export type Broadcast = (slot: SlotView, outputs: number) => readonly Message[];

/** An action that is not of one slot: of an output, or of the whole process. */
export interface SystemRule {
  readonly action: string;
  readonly for: "output" | "system";
  readonly agent: Agent;
  readonly tells: string;
  readonly cFunction: string;
  /** The fairness instance that this action counts for. */
  readonly fairness?: string;
  /** What must hold in the state before the action. */
  readonly guard?: readonly Comparison[];
  /** Transition properties that the action breaks. */
  readonly breaks?: readonly string[];
  /** Events for machines outside the slots; the action is enabled only where each is accepted. */
  readonly send: (instance: Instance) => readonly Message[];
  readonly broadcast?: Broadcast;
  /** What the action adds to counters that are not of an output. */
  readonly adds?: readonly { readonly counter: string; readonly adds: 1 | -1 }[];
  /**
   * What counters become: 0, or the value that another counter, or a total, has before the action. For each output, if there
   * are several.
   */
  readonly assigns?: readonly {
    readonly counter: string;
    readonly to: 0 | string | { readonly total: string };
  }[];
}

/** What follows inside the acting slot, in the same step, once the condition holds. */
export interface Reaction {
  readonly name: string;
  /** The named action of a machine of the slot that asks for it; without one, it follows every action. */
  readonly askedBy?: string;
  readonly where: SlotCondition;
  readonly send: (slot: SlotView, outputs: number) => readonly Message[];
}

/** What follows for all slots, at the end of every action, once the comparisons hold. */
interface Gate {
  readonly name: string;
  readonly guard: readonly Comparison[];
  readonly broadcast: Broadcast;
}

/** What a machine's named action adds to a counter: to that of the output in the action's params, or to one of its kind. */
export interface CounterEffect {
  readonly machineAction: string;
  readonly counter: string;
  readonly adds: 1 | -1;
}

/** A property of every reachable state: where `while` holds for the shared machines, every comparison holds. */
export interface StateProperty {
  readonly kind: "state";
  readonly name: string;
  readonly meaning: string;
  /** The property speaks only of states in which these shared machines are in these states. */
  readonly while?: readonly { readonly role: string; readonly state: string }[];
  /** One list for each output if `perOutput`, for each input if `perInput`; else `index` is 0. */
  readonly perOutput: boolean;
  readonly perInput?: boolean;
  readonly requires: (index: number, outputs: number) => readonly Comparison[];
}

/** What one action did to a slot, event by event. */
export interface SlotStep {
  readonly before: SlotView;
  readonly after: SlotView;
  /** The events that its machines took, in order. */
  readonly message: Message;
}

/** A property of every transition of a slot. */
export interface TransitionProperty {
  readonly kind: "transition";
  readonly name: string;
  readonly meaning: string;
  readonly forbids: (action: string, step: SlotStep, outputs: number) => boolean;
}

type Property = StateProperty | TransitionProperty | ProgressProperty;

/** A total that is shown against a limit, such as what is in memory against how much may be. */
export interface Gauge {
  /** As states and tables have it. */
  readonly name: string;
  /** As pages have it. */
  readonly words: string;
  /** What it counts, after a number. */
  readonly counted: string;
  /** A letter for a slot that it counts. */
  readonly mark: string;
  readonly total: string;
  readonly limit: string;
}

/** The words in which the progress properties speak of a system. */
interface Vocabulary {
  /** The shared machine that says whether the engine runs, and its state when it does. */
  readonly running: { readonly role: string; readonly state: string };
  /** What must work outside: the machine of each output, or one for all, and its state when it works; null for nothing. */
  readonly online: { readonly role: string; readonly state: string } | null;
  /** The total of what is there to be worked on. */
  readonly live: string;
  /** The total, for each output, of slots that owe it a delivery; null where there are no outputs. */
  readonly owed: string | null;
  /** The first is the one whose most is told of a search. */
  readonly gauges: readonly Gauge[];
}

/** Which masks a rule for slot and mask may give: every output, any non-empty subset, or one fixed mask for each input. */
export type Routing = "all" | "any" | readonly (readonly number[])[];

/** The outputs and inputs that a system has, and where what comes from an input may go. */
export interface Dimensions {
  readonly outputs: number;
  readonly inputs: number;
  readonly routing: Routing;
}

/** A system: everything that a consumer needs to know, for any number of slots and any limits. */
export interface SystemDescription {
  readonly system: System;
  /** Missing where there are neither outputs nor inputs. */
  readonly dimensions?: Dimensions;
  readonly slot: readonly Role[];
  /** Machines outside the slots; one for each output, or one of its kind. */
  readonly shared: readonly Role[];
  readonly limits: readonly Limit[];
  readonly totals: readonly Total[];
  readonly counters: readonly Counter[];
  readonly counterEffects: readonly CounterEffect[];
  readonly slotRules: readonly SlotRule[];
  readonly systemRules: readonly SystemRule[];
  readonly reactions: readonly Reaction[];
  readonly followUps: readonly FollowUp[];
  readonly gate: Gate | null;
  readonly vocabulary: Vocabulary;
  readonly properties: readonly Property[];
}

/** Smallest values of parameters that are sizes, by their names. */
export type LeastSizes = Readonly<Record<string, number>>;

/** An engine version or a candidate fix: the parameters that it fixes, and the rules that it plays by. */
export interface Release {
  /** Of which system it is. */
  readonly system: System;
  readonly name: string;
  readonly summary: string;
  /** For a fix, how it is offered to who looks for a remedy, such as "the corrected fix"; missing for a version of the engine. */
  readonly offeredAs?: string;
  /** Position in tables; releases are listed from the oldest to the newest. */
  readonly order: number;
  /** The parameters in which it differs from the reference scope, unless asked otherwise. */
  readonly defaults: Readonly<Record<string, Value | undefined>>;
  /** Parameters that have a meaning for this release; giving any other is an error. */
  readonly applies: readonly string[];
  /**
   * The smallest sizes at which the release can move; 1, and no quota, where nothing is said. Small scopes are moved up by
   * it, and a proof says nothing of smaller sizes.
   */
  readonly least: LeastSizes;
  /** Limits of the real engine, where they are known. */
  readonly realLimits?: Readonly<Record<string, number>>;
  /** The system for these values of its parameters. Sizes must not change its shape. */
  readonly describe: (values: Values) => SystemDescription;
}
