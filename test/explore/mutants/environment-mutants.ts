import { toChunk, toOutput } from "../../../models/messages.ts";
import type { Broadcast } from "../../../models/description.ts";
import { inBranch, inMessages, inSystemRule, without, type Mutant } from "./mutant.ts";

const crashing = { chunks: 3, outputs: 2, routing: "any", overLimitQuota: 1, crash: true } as const;
const failing = { overLimitQuota: 1, releaseOnClose: false, schedulerFails: true };
const stopping = { overLimitQuota: 1, shutdown: true };

function inBroadcast(
  action: string,
  change: (...sent: Parameters<Broadcast>) => ReturnType<Broadcast>,
): Mutant["change"] {
  return inSystemRule(action, (rule) => ({ ...rule, broadcast: change }));
}

function crashWithout(to: string): Mutant["change"] {
  return inSystemRule("crash", (rule) => ({
    ...rule,
    broadcast: (slot, outputs) => without(rule.broadcast?.(slot, outputs) ?? [], to),
  }));
}

/** Wrong rules of the outputs' network, `crash`, `scheduleFail`, `shutdown` and the exit of outputs. */
export const environmentMutants: readonly Mutant[] = [
  {
    name: "outputUp is left out",
    scope: {},
    change: (description) => ({
      ...description,
      systemRules: description.systemRules.filter(({ action }) => action !== "outputUp"),
    }),
    caughtBy: "counts",
  },
  {
    name: "outputDown takes both outputs down",
    scope: { outputs: 2 },
    change: inSystemRule("outputDown", (rule) => ({
      ...rule,
      send: (instance) => [...rule.send(instance), toOutput(1 - instance.output, "goDown")],
    })),
    caughtBy: "counts",
  },
  {
    name: "crash keeps the counters",
    scope: crashing,
    change: inSystemRule("crash", (rule) => ({ ...rule, assigns: [] })),
    caughtBy: "quotaConserved",
  },
  {
    name: "crash keeps the tasks",
    scope: crashing,
    change: crashWithout("task"),
    caughtBy: "recovery",
  },
  {
    name: "crash keeps chunks in memory",
    scope: crashing,
    change: crashWithout("chunk"),
    caughtBy: "refused",
  },
  {
    name: "crash deletes the files",
    scope: crashing,
    change: inSystemRule("crash", (rule) => ({
      ...rule,
      broadcast: (slot, outputs) => [...(rule.broadcast?.(slot, outputs) ?? []), toChunk("close")],
    })),
    caughtBy: "recovery",
  },
  {
    name: "crash forgets nothing of the deliveries",
    scope: crashing,
    change: crashWithout("delivery"),
    caughtBy: "flushingIsMapped",
  },
  {
    name: "scheduleFail of a flush does not put the chunk down first",
    scope: failing,
    change: inMessages("scheduleFail", (sent) => without(sent, "chunk")),
    caughtBy: "lengths",
  },
  {
    name: "scheduleFail of a reschedule is left out",
    scope: failing,
    change: inBranch("retryFire", 3, (branch) => ({
      ...branch,
      outcomes: branch.outcomes.filter(({ action }) => action !== "scheduleFail"),
    })),
    caughtBy: "counts",
  },
  {
    name: "scheduleFail of a flush is left out",
    scope: failing,
    change: inBranch("flushRetry", 0, (branch) => ({
      ...branch,
      outcomes: branch.outcomes.filter(({ action }) => action !== "scheduleFail"),
    })),
    caughtBy: "counts",
  },
  {
    name: "scheduleFail of a flush is possible while the output is online",
    scope: failing,
    change: inMessages("scheduleFail", (sent) => without(sent, "output")),
    caughtBy: "counts",
  },
  {
    name: "shutdown does not stop the engine",
    scope: stopping,
    change: inSystemRule("shutdown", (rule) => ({
      ...rule,
      send: () => [{ to: "engine", event: { type: "work" } }],
    })),
    caughtBy: "counts",
  },
  {
    name: "shutdown puts every chunk down",
    scope: stopping,
    change: inBroadcast("shutdown", () => [toChunk("down")]),
    caughtBy: "counts",
  },
  {
    name: "an exiting output leaves its mark on its chunks",
    scope: { ...stopping, detachOnOutputExit: true },
    change: inBroadcast("shutdown", () => []),
    caughtBy: "ownerAlive",
  },
];
