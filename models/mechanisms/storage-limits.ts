import { chargeEvents, chargeMachine } from "../charge.ts";
import { closesBefore, flushingStates } from "../delivery.ts";
import type {
  Choice,
  ChoiceResult,
  Comparison,
  Message,
  Quantity,
  SlotView,
  StateProperty,
  Total,
  TransitionProperty,
} from "../description.ts";
import { flushEvicted } from "../flush.ts";
import { totalLimitOf, totalLimits } from "../limits.ts";
import type { Mechanism } from "../mechanism.ts";
import { toCharge, toDelivery } from "../messages.ts";
import type { LimitRule, Parameters } from "../parameters.ts";
import type { Admission, Points } from "../points.ts";
import { closeChunk } from "../settle.ts";
import { usersOf } from "../slot-conditions.ts";
import { limitedOutputs } from "./streams.ts";

function isCharged(slot: SlotView, output: number): boolean {
  return slot.isFor("charge", output, "charged");
}

/** Whether a chunk may be evicted for an output: what is being flushed to it may not. */
function isCandidate(slot: SlotView, output: number): boolean {
  return (
    isCharged(slot, output) &&
    (usersOf(slot).length === 0 ||
      !slot.isFor("delivery", output, ...flushingStates, "retryEvicted"))
  );
}

/** Whether nothing but the charge to this output keeps the file, and nobody works on it. */
function goesAtOnce(slot: SlotView, output: number): boolean {
  return (
    usersOf(slot).length === 0 && slot.outputsIn("charge", "charged").every((one) => one === output)
  );
}

function candidates(
  name: string,
  perInput: boolean,
  isIn: (slot: SlotView, output: number, input: number) => boolean,
): Total {
  return {
    name,
    perOutput: true,
    perInput,
    counts: (slot, output, input) => isCandidate(slot, output) && isIn(slot, output, input),
  };
}

const isOf = (slot: SlotView, input: number): boolean =>
  slot.is("stream", "own") && slot.context("stream", "input") === input;
const isQueued = (slot: SlotView): boolean =>
  slot.is("stream", "restored") && !slot.is("chunk", "onDisk");

/** The groups of chunks among which one is chosen, as totals. */
const groups: readonly Total[] = [
  candidates("evictableQueued", false, (slot) => isQueued(slot) && usersOf(slot).length === 0),
  candidates("evictableOnDisk", false, (slot) => slot.is("chunk", "onDisk")),
  candidates(
    "evictableAtOnce",
    true,
    (slot, output, input) => isOf(slot, input) && goesAtOnce(slot, output),
  ),
  candidates(
    "evictableElse",
    true,
    (slot, output, input) => isOf(slot, input) && !goesAtOnce(slot, output),
  ),
  candidates("evictable", true, (slot, _, input) => isOf(slot, input)),
  candidates("evictableInUse", false, (slot) => isQueued(slot) && usersOf(slot).length > 0),
];

/** The chunks that are charged to an output. */
const chargedTo: Total = {
  name: "chargedTo",
  perOutput: true,
  counts: (slot, output) => isCharged(slot, output),
};

/** The live chunks that have a file. */
const files: Total = {
  name: "files",
  perOutput: false,
  counts: (slot) => !slot.is("chunk", "absent", "memory"),
};

function groupsFor(
  output: number,
  input: number,
  { inputs, limitRule }: Pick<Parameters, "inputs" | "limitRule">,
): readonly Quantity[] {
  const order = [
    input,
    ...Array.from({ length: inputs }, (_, one) => one).filter((one) => one !== input),
  ];
  const ofInput = limitRule === "v5.0.8" ? ["evictableAtOnce", "evictableElse"] : ["evictable"];
  return [
    { total: "evictableQueued", output },
    { total: "evictableOnDisk", output },
    ...order.flatMap((one) => ofInput.map((total) => ({ total, output, input: one }))),
    { total: "evictableInUse", output },
  ];
}

/** What becomes of a chunk that is evicted for an output. */
function evict(slot: SlotView, output: number, points: Points): readonly Message[] {
  const charged = slot.outputsIn("charge", "charged");
  const users = usersOf(slot);
  // storage_backlog deletes the whole chunk, whatever else it owes.
  const whole = slot.is("chunk", "onDisk") || (isQueued(slot) && users.length === 0);
  const unused = charged.length === 1 && users.length === 0;
  if (whole || unused) return closeChunk(slot, points);
  const marks = users.length > 0 && slot.isFor("delivery", output, "retry");
  return [toCharge(output, "release"), ...(marks ? [toDelivery(output, "evict")] : [])];
}

function hasNoRoom(output: number): Comparison {
  return {
    quantity: { total: "chargedTo", output },
    relation: ">=",
    bound: { constant: 0, [totalLimitOf(output)]: 1 },
  };
}

const refusals: Readonly<Record<LimitRule, Admission>> = {
  "v3.0.4": {
    ends: "exit",
    action: "limitExit",
    tells: "nothing can be evicted for the new chunk: the process ends, with status 0",
    cFunction: "flb_input_chunk.c::flb_input_chunk_find_space_new_data (to v3.1.3)",
  },
  "v3.1.4": {
    ends: "written",
    action: "ingest",
    tells: "nothing can be evicted for the new chunk: it is written all the same",
    cFunction: "flb_input_chunk.c::flb_input_chunk_find_space_new_data (v3.1.4 to v3.2)",
  },
  "v4.0.0": {
    ends: "refused",
    action: "ingestRefused",
    tells: "nothing can be evicted for the new chunk: it is refused",
    cFunction: "flb_input_chunk.c::flb_input_chunk_place_new_chunk",
  },
  "v5.0.8": {
    ends: "refused",
    action: "ingestRefused",
    tells: "nothing can be evicted for the new chunk: it is refused",
    cFunction: "flb_input_chunk.c::flb_input_chunk_place_new_chunk",
  },
};

function admits(rule: LimitRule) {
  return (result: ChoiceResult, plain: Omit<Admission, "ends">): Admission => {
    const evicting: Omit<Admission, "ends"> = {
      action: "ingestEvict",
      tells: `${plain.tells}; other chunks are evicted for it`,
      cFunction: "flb_input_chunk.c::flb_input_chunk_release_space_compound",
    };
    const made = result.chosen ? evicting : plain;
    if (!result.failed) return { ends: "written", ...made };
    const refusal = refusals[rule];
    return refusal.ends === "written" && result.chosen ? { ends: "written", ...evicting } : refusal;
  };
}

/** Actions in which data goes because storage has no room. */
const byLimit: ReadonlySet<string> = new Set(["ingestEvict", "ingestRefused", "limitExit"]);

/** What an eviction takes from an output that waited for it. */
export const evictsWhatIsOwed: TransitionProperty["forbids"] = (_, { message, before, after }) =>
  (message.to === "charge" &&
    message.event.type === "release" &&
    message.output !== undefined &&
    before.is("task", "vacant") &&
    before.isFor("delivery", message.output, "routed")) ||
  (message.to === "delivery" &&
    message.output !== undefined &&
    after.isFor("delivery", message.output, "retryEvicted") &&
    before.isFor("delivery", message.output, "retry"));

const lossOnlyByLimit: TransitionProperty = {
  kind: "transition",
  name: "lossOnlyByLimit",
  meaning: "nothing is lost but what storage.total_limit_size evicts or refuses",
  forbids: (action, step) =>
    !byLimit.has(action) &&
    ((step.message.to === "delivery" &&
      step.message.output !== undefined &&
      step.after.isFor("delivery", step.message.output, "lost")) ||
      closesBefore(step, "delivered", "dropped", "routed")),
};

const neverExits: TransitionProperty = {
  kind: "transition",
  name: "neverExits",
  meaning: "the process does not end because storage has no room",
  forbids: (action) => action === "limitExit",
};

function limitHolds(limited: readonly number[]): StateProperty {
  return {
    kind: "state",
    name: "limitHolds",
    meaning: "no more chunks are charged to an output than storage.total_limit_size allows",
    perOutput: true,
    requires: (output) =>
      limited.includes(output)
        ? [
            {
              quantity: { total: "chargedTo", output },
              relation: "<",
              bound: { constant: 1, [totalLimitOf(output)]: 1 },
            },
          ]
        : [],
  };
}

function diskBound(limited: readonly number[], outputs: number): readonly StateProperty[] {
  if (limited.length < outputs) return [];
  return [
    {
      kind: "state",
      name: "diskBound",
      meaning: "the chunks that have a file are at most the sum of storage.total_limit_size",
      perOutput: false,
      requires: () => [
        {
          quantity: { total: "files" },
          relation: "<",
          bound: {
            constant: 1,
            ...Object.fromEntries(limited.map((output) => [totalLimitOf(output), 1])),
          },
        },
      ],
    },
  ];
}

/** `storage.total_limit_size` of outputs: chunks are evicted for new ones, or new ones are refused. */
export function storageLimits(parameters: Parameters): Mechanism | null {
  const limited = limitedOutputs(parameters);
  if (limited.length === 0) return null;
  const { limitRule, outputs } = parameters;
  const points: Partial<Points> = {
    isFlushedTo: isCharged,
    delivered: (output, slot) =>
      limitRule === "v5.0.8" && isCharged(slot, output) ? [toCharge(output, "release")] : [],
    written: ({ mask }) => mask.map((output) => toCharge(output, "charge")),
    gone: (slot) =>
      slot.outputsIn("charge", "charged").map((output) => toCharge(output, "release")),
    crashed: (slot) =>
      slot
        .outputsIn("delivery")
        .filter((output) => !slot.isFor("delivery", output, "unrouted") && !isCharged(slot, output))
        .map((output) => toCharge(output, "charge")),
  };
  return {
    points: {
      ...points,
      room: {
        choices: ({ mask, input }, all) =>
          mask
            .filter((output) => limited.includes(output))
            .map((output): Choice => ({
              name: `evict for output ${output}`,
              needed: [hasNoRoom(output)],
              groups: groupsFor(output, input, parameters),
              send: (slot) => evict(slot, output, all),
            })),
        admits: admits(limitRule),
      },
    },
    parts: (all) => ({
      slot: [{ name: "charge", machine: chargeMachine, perOutput: true, events: chargeEvents }],
      limits: totalLimits(outputs),
      totals: [...groups, chargedTo, files],
      slotRules: [flushEvicted(all)],
      properties: [
        lossOnlyByLimit,
        limitHolds(limited),
        ...diskBound(limited, outputs),
        neverExits,
      ],
    }),
  };
}
