import type { Region } from "./fairness.ts";
import { canReach, fairCore } from "./fairness.ts";
import type { Edge, Node } from "./graph.ts";
import { upTo } from "./rules.ts";

const engineActions: ReadonlySet<string> = new Set([
  "dispatch",
  "dispatchWithoutTask",
  "evict",
  "flushOk",
  "flushRetry",
  "flushDrop",
  "retryFire",
  "retryFireOverLimit",
  "reschedule",
  "setAside",
  "recall",
  "probe",
]);

function isEngineAction({ label }: Edge): boolean {
  return engineActions.has(label.action);
}

/** Engine actions and `ingest`: everything but the environment. */
function isFrozenEnvironment(edge: Edge): boolean {
  return isEngineAction(edge) || edge.label.action === "ingest";
}

function allOnline({ running, online }: Node): boolean {
  return running && online.every((isOnline) => isOnline);
}

function onlyOutput0Offline({ running, online }: Node): boolean {
  return running && online.every((isOnline, output) => isOnline === (output !== 0));
}

function isLive(node: Node, slot: number): boolean {
  return node.live.includes(slot);
}

function isOwed(node: Node, slot: number, output: number): boolean {
  return node.owed.some((owed) => owed.slot === slot && owed.output === output);
}

/** The states that violate `stalled`. */
export function stalledStates(nodes: readonly Node[]): Node[] {
  return nodes.filter(
    (node) =>
      allOnline(node) &&
      node.live.length > 0 &&
      !node.out.some((edge) => isEngineAction(edge) && edge.to !== node),
  );
}

/** The running states in which an online output is owed a delivery, but no `flushOk` to it can happen any more. */
function cutOffStates(nodes: readonly Node[], outputs: number): Node[] {
  const cutOff = upTo(outputs).map((output) => {
    const flushing = nodes.filter((node) =>
      node.out.some((edge) => edge.label.action === "flushOk" && edge.label.output === output),
    );
    const canDeliver = canReach(flushing, { has: () => true, allows: isFrozenEnvironment });
    return nodes.filter(
      (node) =>
        node.running &&
        node.online[output] === true &&
        node.owed.some((owed) => owed.output === output) &&
        !canDeliver.has(node),
    );
  });
  return cutOff.flat();
}

/** The states that violate `recovery`, by its part (a) or by its part (b). */
export function unrecoverableStates(
  nodes: readonly Node[],
  chunks: number,
  outputs: number,
): Node[] {
  const neverClosed = upTo(chunks).flatMap((slot) => {
    const region: Region = {
      has: (node) => allOnline(node) && isLive(node, slot),
      allows: isEngineAction,
    };
    return [...canReach(fairCore(nodes, region), region)];
  });
  return [...cutOffStates(nodes, outputs).filter(allOnline), ...neverClosed];
}

/** The states that violate `isolation`. */
export function unisolatedStates(nodes: readonly Node[], outputs: number): Node[] {
  return cutOffStates(nodes, outputs).filter((node) => !allOnline(node));
}

/** Whether, while output 0 is offline for ever, a delivery owed to another output may never end. */
export function violatesIsolationFair(
  nodes: readonly Node[],
  chunks: number,
  outputs: number,
): boolean {
  return upTo(chunks).some((slot) =>
    upTo(outputs)
      .filter((output) => output !== 0)
      .some((output) => {
        const region: Region = {
          has: (node) => onlyOutput0Offline(node) && isOwed(node, slot, output),
          allows: isFrozenEnvironment,
        };
        return fairCore(nodes, region).size > 0;
      }),
  );
}

/** Whether, with all outputs online and `ingest` going on, a live chunk may never be closed. */
export function violatesStarvation(nodes: readonly Node[], chunks: number): boolean {
  return upTo(chunks).some((slot) => {
    const region: Region = {
      has: (node) => allOnline(node) && isLive(node, slot),
      allows: isFrozenEnvironment,
    };
    return fairCore(nodes, region).size > 0;
  });
}
