import type { Message, Release, Role, SystemDescription } from "../../../models/description.ts";
import type { Value, Values } from "../../../models/system.ts";
import { scopeOf } from "../../compile/scope.ts";
import { caseGroups, type Case, type CaseGroup } from "./composition-cases.ts";
import { movedUp, unsetParameters } from "../../compile/own-parameters.ts";

/** A machine of the system, at the head of its lane. */
export interface Lane {
  readonly role: string;
  readonly machine: Role["machine"];
  readonly inSlot: boolean;
  readonly perOutput: boolean;
}

/** An event that an action sends. */
export interface Sent {
  readonly role: string;
  readonly event: string;
  /** Whether several machines of the lane may get it: that of each output in the routes mask, or of every slot. */
  readonly toEach: boolean;
  /** Whether it is sent in every case of the action. */
  readonly always: boolean;
}

/** One thing that may happen, with the events that it sends. */
export interface CompositionRow extends Omit<CaseGroup, "cases"> {
  readonly sends: readonly Sent[];
  /** What it may do to counters. */
  readonly counters: readonly string[];
  /** The reactions that may follow in the same step. */
  readonly reactions: readonly string[];
}

/** How a release is composed of machines. */
export interface Composition {
  readonly release: string;
  readonly summary: string;
  /** What slots hold, in the plural: the parameter that says how many there are. */
  readonly slots: string;
  readonly lanes: readonly Lane[];
  readonly rows: readonly CompositionRow[];
}

/** The parameters that show everything that a release can do: two outputs, a retry limit, and whatever may fail. */
export function shownParameters(release: Release): Values {
  const shown = release.system.parameters.flatMap(({ name, inCharts }): [string, Value][] =>
    inCharts !== undefined && release.applies.includes(name) ? [[name, inCharts]] : [],
  );
  return movedUp(release, { ...unsetParameters(release), ...Object.fromEntries(shown) });
}

function lanesOf({ slot, shared }: SystemDescription): readonly Lane[] {
  const lane =
    (inSlot: boolean) =>
    ({ name, machine, perOutput }: Role): Lane => ({ role: name, machine, inSlot, perOutput });
  return [
    ...shared.filter(({ perInput }) => perInput === true).map(lane(false)),
    ...shared.filter(({ perOutput, perInput }) => !perOutput && perInput !== true).map(lane(false)),
    ...slot.map(lane(true)),
    ...shared.filter(({ perOutput }) => perOutput).map(lane(false)),
  ];
}

function sentIn(cases: readonly Case[]): readonly Sent[] {
  const keyOf = ({ to, event }: Message): string => `${to} ${event.type}`;
  const sent = new Map<string, Sent>();
  for (const part of ["direct", "everySlot"] as const) {
    for (const message of cases.flatMap((one) => one[part])) {
      const key = keyOf(message);
      if (sent.has(key)) continue;
      const counts = cases.map((one) => one[part].filter((other) => keyOf(other) === key).length);
      sent.set(key, {
        role: message.to,
        event: message.event.type,
        toEach: part === "everySlot" || Math.max(...counts) > 1,
        always: !counts.includes(0),
      });
    }
  }
  return [...sent.values()];
}

function countersIn(cases: readonly Case[]): readonly string[] {
  return [...new Set(cases.flatMap(({ counters }) => counters))].map((change) =>
    cases.every(({ counters }) => counters.includes(change)) ? change : `${change} in some cases`,
  );
}

/** Reads the composition off a release. */
export function compositionOf(release: Release): Composition {
  const parameters = shownParameters(release);
  const description = release.describe(parameters);
  return {
    release: release.name,
    summary: release.summary,
    slots: release.system.slots.parameter,
    lanes: lanesOf(description),
    rows: caseGroups(description, scopeOf(release, parameters)).map(({ cases, ...row }) => ({
      ...row,
      sends: sentIn(cases),
      counters: countersIn(cases),
      reactions: [...new Set(cases.flatMap(({ reacted }) => reacted.map((one) => one.reaction)))],
    })),
  };
}
