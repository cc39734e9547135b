import { setup } from "xstate";
import type { Release, Role, SystemDescription } from "../../models/description.ts";
import { taskFree } from "../../models/limits.ts";
import { toChunk } from "../../models/messages.ts";
import type { Parameters } from "../../models/parameters.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as publishedFix } from "../../models/releases/published-fix.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import {
  inBranch,
  inOutcome,
  inRule,
  inSystemRule,
  inTotal,
  withoutRule,
} from "../explore/mutants/mutant.ts";
import { fluentBitParameters } from "../../models/fluent-bit-system.ts";

/** A release that depends on a size, and what must be said of it. */
interface SizeDependent {
  readonly way: string;
  readonly release: Release;
  readonly parameters?: Partial<Parameters>;
  readonly says: RegExp;
}

type Change = (description: SystemDescription) => SystemDescription;

const asItIs: Change = (description) => description;

/** The release with a change that depends on its parameters. */
export function changed(base: Release, change: (parameters: Parameters) => Change): Release {
  return {
    ...base,
    name: "wrong",
    describe: (parameters) => change(fluentBitParameters(parameters))(base.describe(parameters)),
  };
}

function inRole(name: string, change: (role: Role) => Role): Change {
  const among = (roles: readonly Role[]): readonly Role[] =>
    roles.map((role) => (role.name === name ? change(role) : role));
  return (description) => ({
    ...description,
    slot: among(description.slot),
    shared: among(description.shared),
  });
}

function inProperties(
  change: (property: SystemDescription["properties"][number]) => typeof property,
): Change {
  return (description) => ({ ...description, properties: description.properties.map(change) });
}

const twoStates = setup({}).createMachine({
  initial: "running",
  states: { running: { on: { work: { actions: () => undefined } } }, stopped: {} },
});

const copying: Release = {
  ...v304,
  name: "wrong",
  describe: (parameters) => {
    const { taskMapSize, maxChunksUp, ...rest } = fluentBitParameters({ ...parameters });
    const evictIdleWhenMapFull = taskMapSize > 1 && maxChunksUp > 1;
    return v304.describe({ ...rest, taskMapSize, maxChunksUp, evictIdleWhenMapFull });
  },
};

/** One for each way in which a description can depend on a size. */
export const sizeDependent: readonly SizeDependent[] = [
  {
    way: "a constant in a guard",
    release: changed(v304, (p) =>
      inBranch("ingest", 0, (branch) => ({
        ...branch,
        guard: (instance, slot) => [
          ...branch.guard(instance, slot),
          { quantity: { total: "up" }, relation: "<", bound: { constant: 2 * p.maxChunksUp - 1 } },
        ],
      })),
    ),
    says: /^release wrong is not the same at every size: branch 1 of the rule ingest has the guard up < 1 \* maxChunksUp and up < 1 at maxChunksUp=1, but the guard up < 1 \* maxChunksUp and up < 3 at maxChunksUp=2; write it as a multiple of maxChunksUp, as in bound: \{ constant: 0, maxChunksUp: 1 \}$/,
  },
  {
    way: "the factor of a bound",
    release: changed(v304, (p) =>
      inBranch("dispatch", 0, (branch) => ({
        ...branch,
        guard: () => [{ ...taskFree, bound: { constant: 0, taskMapSize: p.chunks } }],
      })),
    ),
    says: /branch 1 of the rule dispatch has the guard tasks < 1 \* taskMapSize at chunks=1, but the guard tasks < 2 \* taskMapSize at chunks=2; write it/,
  },
  {
    way: "a constant that is the quota",
    release: changed(publishedFix, (p) =>
      inBranch("retryFire", 2, (branch) => ({
        ...branch,
        guard: ({ output }) => [
          {
            quantity: { counter: "overLimitUp", output },
            relation: "<",
            bound: { constant: p.overLimitQuota },
          },
        ],
      })),
    ),
    says: /rule retryFire has .*overLimitUp of output 0 < 1 at overLimitQuota=1, but .*overLimitUp of output 0 < 2 at overLimitQuota=2; write it as a multiple of overLimitQuota/,
  },
  {
    way: "how many branches a rule has",
    release: changed(v304, (p) =>
      inRule("dispatch", (rule) => ({ ...rule, branches: rule.branches.slice(0, p.taskMapSize) })),
    ),
    says: /branch 2 of the rule dispatch has no move more at taskMapSize=1, but dispatch from .* at taskMapSize=2; what depends on a size must be a guard/,
  },
  {
    way: "which rules there are",
    release: changed(v304, (p) => (p.chunks > 6 ? withoutRule("flushRetry") : asItIs)),
    says: /: the rule flushRetry has \d+ moves at chunks=1, but no moves at chunks=7;/,
  },
  {
    way: "where a branch applies",
    release: changed(v304, (p) =>
      inBranch("flushOk", 0, (branch) => ({
        ...branch,
        where: { name: "never with much memory", holds: () => p.maxChunksUp < 100 },
      })),
    ),
    says: /the rule flushOk has \d+ moves at maxChunksUp=1, but no moves at maxChunksUp=128;/,
  },
  {
    way: "what is sent",
    release: changed(v304, (p) =>
      inOutcome("ingest", (outcome) => ({
        ...outcome,
        send: (instance, slot) =>
          outcome
            .send(instance, slot)
            .map((one) => (one.to === "chunk" && p.chunks > 3 ? toChunk("createOverLimit") : one)),
      })),
    ),
    says: /rule ingest has ingest with routes 0 .* to "up vacant routed".* at chunks=1, but .* to "down vacant routed".* at chunks=4;/,
  },
  {
    way: "which routes a chunk can have",
    release: changed(v304, (p) =>
      inRule("ingest", (rule) => ({
        ...rule,
        branches: rule.branches.map((branch) => ({
          ...branch,
          where: { name: "few routes", holds: () => true },
          outcomes: branch.outcomes.map((outcome) => ({
            ...outcome,
            send: (instance, slot) =>
              instance.mask.length > p.taskMapSize ? [] : outcome.send(instance, slot),
          })),
        })),
      })),
    ),
    parameters: { outputs: 2, routing: "any" },
    says: /rule ingest has .* at taskMapSize=1, but .*with routes 0,1 .* at taskMapSize=2;/,
  },
  {
    way: "who acts",
    release: changed(v304, (p) =>
      inOutcome("flushOk", (outcome) => ({
        ...outcome,
        agent: p.taskMapSize > 2 ? "input" : "engine",
        ...(p.taskMapSize > 2 ? {} : { fairness: "flush" }),
      })),
    ),
    says: /rule flushOk/,
  },
  {
    way: "what is owed",
    release: changed(v304, (p) =>
      inOutcome("dispatch", ({ fairness, ...outcome }) =>
        p.chunks > 2 || fairness === undefined ? outcome : { ...outcome, fairness },
      ),
    ),
    says: /branch 1 of the rule dispatch has fairness "dispatch" at chunks=1, but fairness null at chunks=3;/,
  },
  {
    way: "what delivers",
    release: changed(v304, (p) =>
      inOutcome("flushOk", (outcome) => ({ ...outcome, delivers: p.maxChunksUp < 128 })),
    ),
    says: /rule flushOk has delivers true at maxChunksUp=1, but delivers false at maxChunksUp=128;/,
  },
  {
    way: "what a total counts",
    release: changed(v304, (p) =>
      inTotal("live", (slot) => !slot.is("chunk", "absent") && p.chunks < 4),
    ),
    says: /the total live has a count of slots in "up vacant routed".* at chunks=1, but a count of slots in {2}at chunks=4;/,
  },
  {
    way: "the bound of a counter",
    release: changed(publishedFix, (p) => (description) => ({
      ...description,
      counters: [
        {
          name: "overLimitUp",
          perOutput: true,
          bound:
            p.maxChunksUp > 7
              ? { constant: 0, maxChunksUp: 1 }
              : { constant: 0, overLimitQuota: 1 },
        },
      ],
    })),
    says: /the counter overLimitUp of output 0 has .* at maxChunksUp=1, but .* at maxChunksUp=128;/,
  },
  {
    way: "what is added to a counter",
    release: changed(publishedFix, (p) => (description) => ({
      ...description,
      counterEffects: description.counterEffects.slice(0, p.overLimitQuota > 1 ? 1 : 2),
    })),
    says: /counterChanges .* at overLimitQuota=1, but .* at overLimitQuota=2;/,
  },
  {
    way: "what a machine is created with",
    release: changed(v304, (p) =>
      inRole("delivery", (role) => ({ ...role, input: { retryLimit: p.taskMapSize } })),
    ),
    says: /at taskMapSize=1, but .* at taskMapSize=2;/,
  },
  {
    way: "a machine that slots share",
    release: changed(v304, (p) =>
      inRole("engine", (role) => (p.chunks > 128 ? { ...role, machine: twoStates } : role)),
    ),
    parameters: { shutdown: true },
    says: /at chunks=1, (but|and) .* at chunks=2048;/,
  },
  {
    way: "what follows an action",
    release: changed(v304, (p) => (description) => ({
      ...description,
      followUps: description.followUps.map((followUp) => ({
        ...followUp,
        guard: () => [
          {
            quantity: { total: "up" },
            relation: ">=" as const,
            bound: { constant: p.maxChunksUp },
          },
        ],
      })),
    })),
    parameters: { pauseOnChunksOverlimit: true },
    says: /is not the same at every size: .* at maxChunksUp=1, but .* at maxChunksUp=2/,
  },
  {
    way: "what the whole system does",
    release: changed(v304, (p) =>
      inSystemRule("crash", (rule) => ({ ...rule, ...(p.chunks < 16_384 ? {} : { assigns: [] }) })),
    ),
    parameters: { crash: true },
    says: /the rule crash has .* at chunks=1, but .* at chunks=16384;/,
  },
  {
    way: "what is broadcast",
    release: changed(v304, (p) =>
      inSystemRule("crash", (rule) => ({
        ...rule,
        broadcast: (slot, outputs) =>
          p.maxChunksUp > 3 ? [] : (rule.broadcast?.(slot, outputs) ?? []),
      })),
    ),
    parameters: { crash: true },
    says: /at maxChunksUp=1, but .* at maxChunksUp=4;/,
  },
  {
    way: "what follows in a slot",
    release: changed(v304, (p) => (description) => ({
      ...description,
      reactions: p.taskMapSize > 100 ? [] : description.reactions,
    })),
    says: /at taskMapSize=1, but .* at taskMapSize=128;/,
  },
  {
    way: "when the gate opens",
    release: changed(park, (p) => (description) => ({
      ...description,
      gate: description.gate && {
        ...description.gate,
        guard: [
          { quantity: { total: "idleOld" }, relation: "<", bound: { constant: p.taskMapSize } },
        ],
      },
    })),
    says: /the guard of the gate has the guard idleOld < 1 at taskMapSize=1, but the guard idleOld < 2 at taskMapSize=2; write it as a multiple of taskMapSize/,
  },
  {
    way: "what the gate does",
    release: changed(park, (p) => (description) => ({
      ...description,
      gate: description.gate && {
        ...description.gate,
        broadcast: p.chunks > 7 ? () => [] : description.gate.broadcast,
      },
    })),
    says: /at chunks=1, but .* at chunks=128;/,
  },
  {
    way: "what a property of states requires",
    release: changed(v304, (p) =>
      inProperties((one) =>
        one.kind === "state" && one.name === "memoryBound"
          ? {
              ...one,
              requires: () => [
                {
                  quantity: { total: "up" },
                  relation: "<",
                  bound: { constant: p.maxChunksUp + 1 },
                },
              ],
            }
          : one,
      ),
    ),
    says: /the property memoryBound has the guard up < 2 at maxChunksUp=1, but the guard up < 3 at maxChunksUp=2; write it as a multiple of maxChunksUp/,
  },
  {
    way: "what a property of transitions forbids",
    release: changed(v304, (p) =>
      inProperties((one) =>
        one.kind === "transition" ? { ...one, forbids: () => p.chunks > 999_999 } : one,
      ),
    ),
    says: /at chunks=1, but .* which breaks noLoss.* at chunks=1000000;/,
  },
  {
    way: "which properties there are",
    release: changed(v304, (p) => (description) => ({
      ...description,
      properties: description.properties.filter(
        ({ name }) => name !== "neverStuck" || p.chunks < 3,
      ),
    })),
    says: /the property neverStuck has .* at chunks=1, but missing at chunks=3;/,
  },
  {
    way: "what the progress properties speak of",
    release: changed(v304, (p) => (description) => ({
      ...description,
      vocabulary: { ...description.vocabulary, live: p.chunks > 3 ? "up" : "live" },
    })),
    says: /the vocabulary has .* at chunks=1, but .* at chunks=4;/,
  },
  {
    way: "two sizes together, in parameters that are copied",
    release: copying,
    says: /the rule evict has no moves at .*taskMapSize=1, maxChunksUp=1, but .* at .*taskMapSize=2, maxChunksUp=2;/,
  },
  {
    way: "a size at which alone it is another",
    release: changed(v304, (p) => (p.maxChunksUp === 65 ? withoutRule("flushOk") : asItIs)),
    says: /^release wrong asks for maxChunksUp while it is described: nothing shows that it is the same at sizes that were not tried; what depends on a size must be a guard, with a bound that is a multiple of the size$/,
  },
  {
    way: "that it can be compiled at all",
    release: changed(v304, (p) => (p.taskMapSize > 2048 ? inTotal("none", () => true) : asItIs)),
    says: /it can be compiled at taskMapSize=1, and cannot be compiled \(.*\) at taskMapSize=16384;/,
  },
];
