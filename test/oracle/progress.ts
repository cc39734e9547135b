import type { Region } from "./fairness.ts";
import { canReach, fairCore } from "./fairness.ts";
import type { Edge, Node } from "./graph.ts";
import type { ActionName } from "./rules.ts";
import { upTo } from "./rules.ts";

const engineActions: ReadonlySet<ActionName> = new Set<ActionName>([
  "dispatch",
  "dispatchWithoutTask",
  "evict",
  "queue",
  "flushOk",
  "flushRetry",
  "flushDrop",
  "flushEvicted",
  "retryFire",
  "retryFireOverLimit",
  "reschedule",
  "shutdownDone",
  "segregate",
  "setAside",
  "recall",
  "probe",
]);

const inputActions: ReadonlySet<ActionName> = new Set<ActionName>([
  "ingest",
  "ingestEvict",
  "ingestRefused",
  "limitExit",
  "append",
]);

/** The states that violate the two parts of a progress property. */
export interface TwoParts {
  readonly a: readonly Node[];
  readonly b: readonly Node[];
}

function isEngineAction({ label }: Edge): boolean {
  return engineActions.has(label.action);
}

/** Engine actions and what counts as `ingest`: everything but the environment. */
function isFrozenEnvironment(edge: Edge): boolean {
  return isEngineAction(edge) || inputActions.has(edge.label.action);
}

function isRunning({ phase }: Node): boolean {
  return phase === "running";
}

function allOnline({ outputs }: Node): boolean {
  return outputs.every((output) => output === "online");
}

/** The states from which a weakly fair run may stay in the region for ever. */
function mayStay(nodes: readonly Node[], region: Region): Set<Node> {
  return canReach(fairCore(nodes, region), region);
}

function neverLeaves(nodes: readonly Node[], region: Region): boolean {
  return fairCore(nodes, region).size > 0;
}

/** The states that violate `neverStuck`. */
export function stalledStates(nodes: readonly Node[]): Node[] {
  return nodes.filter(
    (node) =>
      isRunning(node) &&
      allOnline(node) &&
      node.live.length > 0 &&
      !node.out.some((edge) => isEngineAction(edge) && !edge.stays),
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
        isRunning(node) &&
        node.outputs[output] === "online" &&
        node.owed.some((owed) => owed.output === output) &&
        !canDeliver.has(node),
    );
  });
  return cutOff.flat();
}

/** The states that violate part (a) of `recovery`. */
export function undeliverableStates(nodes: readonly Node[], outputs: number): Node[] {
  return cutOffStates(nodes, outputs).filter(allOnline);
}

/** The states that violate `isolation`. */
export function unisolatedStates(nodes: readonly Node[], outputs: number): Node[] {
  return cutOffStates(nodes, outputs).filter((node) => !allOnline(node));
}

/** The states that violate part (b) of `recovery`. */
export function unclosableStates(nodes: readonly Node[], chunks: number): Node[] {
  return upTo(chunks).flatMap((slot) => [
    ...mayStay(nodes, { has: (node) => isLiveOnline(node, slot), allows: isEngineAction }),
  ]);
}

/** Whether, with all outputs online and `ingest` going on, a live chunk may never be closed. */
export function violatesStarvation(nodes: readonly Node[], chunks: number): boolean {
  return upTo(chunks).some((slot) =>
    neverLeaves(nodes, {
      has: (node) => isLiveOnline(node, slot),
      allows: isFrozenEnvironment,
    }),
  );
}

function isLiveOnline(node: Node, slot: number): boolean {
  return isRunning(node) && allOnline(node) && node.live.includes(slot);
}

/** Whether, while output 0 is gone in this way for ever, a delivery owed to another output may never end. */
export function violatesFairIsolation(
  nodes: readonly Node[],
  chunks: number,
  outputs: number,
  gone: "offline" | "hung",
): boolean {
  const others = upTo(outputs).slice(1);
  return upTo(chunks).some((slot) =>
    others.some((output) =>
      neverLeaves(nodes, {
        has: (node) =>
          isRunning(node) &&
          node.outputs[0] === gone &&
          others.every((other) => node.outputs[other] === "online") &&
          node.owed.some((owed) => owed.slot === slot && owed.output === output),
        allows: isFrozenEnvironment,
      }),
    ),
  );
}

/** The states that violate `inputResumes`. */
export function unresumableStates(nodes: readonly Node[], inputs: number): TwoParts {
  const a = upTo(inputs).flatMap((input) => {
    const resumed = nodes.filter((node) => isRunning(node) && !node.paused.includes(input));
    const canResume = canReach(resumed, { has: isRunning, allows: isFrozenEnvironment });
    return nodes.filter((node) => isPausedOnline(node, input) && !canResume.has(node));
  });
  const b = upTo(inputs).flatMap((input) => [
    ...mayStay(nodes, { has: (node) => isPausedOnline(node, input), allows: isEngineAction }),
  ]);
  return { a, b };
}

/** Whether, with all outputs online and `ingest` going on, a paused input may never resume. */
export function violatesInputResumesFair(nodes: readonly Node[], inputs: number): boolean {
  return upTo(inputs).some((input) =>
    neverLeaves(nodes, {
      has: (node) => isPausedOnline(node, input),
      allows: isFrozenEnvironment,
    }),
  );
}

function isPausedOnline(node: Node, input: number): boolean {
  return isRunning(node) && allOnline(node) && node.paused.includes(input);
}

/** The states that violate `shutdownEnds`. */
export function endlessStates(nodes: readonly Node[]): TwoParts {
  const isEnding = (node: Node): boolean => node.phase === "ending" && allOnline(node);
  const stopped = nodes.filter(({ phase }) => phase === "stopped");
  const canStop = canReach(stopped, { has: () => true, allows: isEngineAction });
  return {
    a: nodes.filter((node) => isEnding(node) && !canStop.has(node)),
    b: [...mayStay(nodes, { has: isEnding, allows: isEngineAction })],
  };
}
