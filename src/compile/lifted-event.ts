import type { GroupSnapshot } from "./machine-group.ts";

/** A state of the whole system: the snapshots of all its machines, and its counters. */
export interface LiftedContext {
  readonly slots: readonly GroupSnapshot[];
  readonly shared: GroupSnapshot;
  /** By name; one value for each output. */
  readonly counters: Readonly<Record<string, readonly number[]>>;
}

/** An action of the system, as an event. Which fields it has depends on the action. */
export interface LiftedEvent {
  readonly type: string;
  readonly slot?: number;
  readonly output?: number;
  /** The input that `ingest` is of, where there are several. */
  readonly input?: number;
  /** The routes mask that `ingest` chooses, or the outputs that an action is about, in ascending order. */
  readonly mask?: readonly number[];
  /** The slots that the action chooses besides its own. */
  readonly others?: readonly number[];
}

/** What a rule is about, besides its slot. */
export type About = Pick<LiftedEvent, "output" | "input" | "mask">;

/** What an event is about, but for the slots that it chooses. */
export function keyOf({ type, slot, output, input, mask }: LiftedEvent): string {
  return JSON.stringify([type, slot, output, input, mask]);
}

/** Every ordered choice of at most `most` slots other than one. */
export function choicesOfSlots(
  slot: number,
  chunks: number,
  most: number,
): readonly (readonly number[])[] {
  let found: readonly (readonly number[])[] = [[]];
  const all: (readonly number[])[] = [[]];
  for (let length = 1; length <= most; length++) {
    found = found.flatMap((before) =>
      Array.from({ length: chunks }, (_, other) => other)
        .filter((other) => other !== slot && !before.includes(other))
        .map((other) => [...before, other]),
    );
    all.push(...found);
  }
  return all;
}

/** What a rule is about, where there is one input and nobody names it. */
export function withoutInput({ output, mask }: About): About {
  return { ...(output === undefined ? {} : { output }), ...(mask === undefined ? {} : { mask }) };
}
