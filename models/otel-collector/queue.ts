import type { Message, Outcome, Quantity } from "../description.ts";
import { atLeast, below, counter, someoneWaits, total } from "./conditions.ts";
import { toRequest } from "./request.ts";
import { toLock } from "./shared.ts";
import type { Settings, Version } from "./system.ts";

/** One exporter: its settings, its version, and what follows from both. */
export interface Exporter extends Settings, Version {
  /** What a put that fails leaves behind is counted (v0.130.0 and later). */
  readonly hasHoles: boolean;
  /** The size of the queue. */
  readonly size: Quantity;
}

export function exporterOf(settings: Settings, version: Version): Exporter {
  return {
    ...settings,
    ...version,
    hasHoles: settings.putFails && !version.countsSize && version.writesFirst !== true,
    size: version.countsSize ? counter("size") : total("size"),
  };
}

/** An outcome whose events are given as they are. */
export interface Action extends Omit<Outcome, "send"> {
  readonly messages: readonly Message[];
}

/** An action that takes the queue's lock: impossible once a goroutine keeps it for ever. */
export function locking({ messages, ...action }: Action): Outcome {
  return { ...action, send: () => [toLock("use"), ...messages] };
}

/** An action that needs no lock. */
export function lockFree({ messages, ...action }: Action): Outcome {
  return { ...action, send: () => messages };
}

/** The action, and then `cond.go::Signal`: a token for a waiting producer, or the lock is kept for ever. */
export function signalling({ block }: Exporter, outcome: Outcome): Outcome {
  if (!block) return outcome;
  const { action, tells, cFunction } = outcome;
  const plain = { action, tells, cFunction, guard: [], send: [] };
  return {
    ...outcome,
    choices: () => [
      {
        name: "a waiting producer",
        needed: [atLeast(counter("token"), 1), someoneWaits],
        groups: [total("waiting")],
        send: () => [toRequest("wake")],
      },
    ],
    endings: (_, { chosen, failed }) => {
      if (chosen) return [plain];
      if (failed) {
        return [
          {
            ...plain,
            tells: `${tells}; nobody takes the second token, and the queue's lock is kept for ever`,
            send: [toLock("jam")],
          },
        ];
      }
      return [
        {
          ...plain,
          guard: [below(counter("token"), 1), someoneWaits],
          adds: [{ counter: "token", adds: 1 }],
        },
        plain,
      ];
    },
  };
}

/** The two ways in which a counter that never falls below 0 loses one; one way where the size is no counter. */
function lessOne({ countsSize }: Exporter, action: Action): readonly Action[] {
  if (!countsSize) return [action];
  const guard = action.guard ?? [];
  return [
    {
      ...action,
      guard: [...guard, atLeast(counter("size"), 1)],
      adds: [{ counter: "size", adds: -1 }],
    },
    { ...action, guard: [...guard, below(counter("size"), 1)] },
  ];
}

/** The request leaves the queue for good: *complete* of the semantics. */
export function complete(exporter: Exporter, action: Action): readonly Outcome[] {
  const whole = { ...action, messages: [...action.messages, toRequest("finish")] };
  return lessOne(exporter, whole).map((one) => signalling(exporter, locking(one)));
}

/** A shutdown interrupts an export: *shut* of the semantics. */
export function putBack(exporter: Exporter, action: Action): readonly Outcome[] {
  const { memory, signalsEarly } = exporter;
  if (memory) {
    const whole = { ...action, messages: [...action.messages, toRequest("forget")] };
    return [signalling(exporter, locking(whole))];
  }
  const whole = { ...action, messages: [...action.messages, toRequest("putBack")] };
  return lessOne(exporter, whole).map((one) =>
    signalsEarly ? signalling(exporter, locking(one)) : locking(one),
  );
}

/** The request gets into the queue: *store* of the semantics, with what wakes a sleeping consumer. */
export function store({ countsSize, hasHoles }: Exporter, action: Action): readonly Outcome[] {
  if (countsSize) return [locking({ ...action, adds: [{ counter: "size", adds: 1 }] })];
  if (!hasHoles) return [locking(action)];
  const guard = action.guard ?? [];
  return [
    locking({
      ...action,
      guard: [...guard, atLeast(counter("asleep"), 1)],
      adds: [{ counter: "asleep", adds: -1 }],
    }),
    locking({ ...action, guard: [...guard, below(counter("asleep"), 1)] }),
  ];
}

/**
 * A queued request is taken out, in the case that others remain, and in the case that it is the last one: *drained* of the
 * semantics, where the size is a counter.
 *
 * @param signals whether a producer is woken in any case
 */
export function takeOut(exporter: Exporter, action: Action, signals: boolean): readonly Outcome[] {
  const { countsSize, signalsEarly } = exporter;
  const told = (one: Action, isSignalling: boolean): Outcome =>
    isSignalling ? signalling(exporter, locking(one)) : locking(one);
  if (!countsSize) return [told(action, signals)];
  const guard = action.guard ?? [];
  return [
    told({ ...action, guard: [...guard, atLeast(total("queued"), 2)] }, signals),
    told(
      { ...action, guard: [...guard, below(total("queued"), 2)], resets: ["size"] },
      signals || signalsEarly,
    ),
  ];
}
