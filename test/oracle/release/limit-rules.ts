import type { Change } from "./change.ts";
import { chunkIn, forkOf } from "./change.ts";
import { close, destroyTask } from "./chunk-life.ts";
import type { Chunk, Placed } from "./release-state.ts";
import { chargedTo, liveOf, owedBy, usersOf } from "./release-state.ts";
import { item } from "./settings.ts";

/** One way in which room has been made for a new chunk, or has not. */
interface Eviction {
  readonly change: Change;
  readonly evicted: boolean;
  /** Whether some output found no room. */
  readonly failed: boolean;
}

/** Every way to make room for a chunk of an input in the storage of the outputs of its mask, one output after the other. */
export function evictionsFor(start: Change, input: number, mask: readonly number[]): Eviction[] {
  let ways: Eviction[] = [{ change: start, evicted: false, failed: false }];
  for (const output of mask) {
    ways = ways.flatMap((way) => makeRoom(way, input, output));
  }
  return ways;
}

function makeRoom(way: Eviction, input: number, output: number): Eviction[] {
  const { state, settings } = way.change;
  if (chargedTo(state, output) + 1 <= item(settings.totalLimits, output)) {
    return [way];
  }
  const group = groupsOf(way.change, input, output).find(({ length }) => length > 0);
  if (group === undefined) {
    return [{ ...way, failed: true }];
  }
  return group.map(({ slot }) => {
    const change = forkOf(way.change);
    evictFor(change, slot, output);
    return { ...way, change, evicted: true };
  });
}

/** The candidates for eviction from an output in their groups; the first that is not empty is used. */
function groupsOf({ state, settings }: Change, input: number, output: number): Placed[][] {
  const candidates = liveOf(state).filter(({ chunk }) => isCandidate(chunk, output));
  const others = [...settings.inputs.keys()].filter((other) => other !== input);
  const ownOf = (owner: number): Placed[][] => {
    const own = candidates.filter(({ chunk }) => !chunk.restored && chunk.input === owner);
    const first = own.filter(({ chunk }) => chunk.charged.length === 1 && usersOf(chunk) === 0);
    return settings.limitRule === "v5.0.8" ? [first, own] : [own];
  };
  const restored = candidates.filter(({ chunk }) => chunk.restored);
  const queued = restored.filter(({ chunk }) => chunk.storage !== "onDisk");
  return [
    queued.filter(({ chunk }) => usersOf(chunk) === 0),
    restored.filter(({ chunk }) => chunk.storage === "onDisk"),
    ...[input, ...others].flatMap(ownOf),
    queued.filter(({ chunk }) => usersOf(chunk) > 0),
  ];
}

function isCandidate(chunk: Chunk, output: number): boolean {
  const delivery = chunk.task?.find((other) => other.output === output);
  const busy = delivery?.status === "flushing" || delivery?.marked === true;
  return chunk.charged.includes(output) && !(usersOf(chunk) > 0 && busy);
}

function evictFor(change: Change, slot: number, output: number): void {
  const chunk = chunkIn(change, slot);
  if (chunk.restored && usersOf(chunk) === 0) {
    remove(change, slot);
    return;
  }
  if (chunk.task === null) {
    loses(change);
  }
  chunk.charged = chunk.charged.filter((other) => other !== output);
  const waiting = chunk.task?.find((other) => other.output === output && other.status === "retry");
  if (usersOf(chunk) > 0) {
    if (waiting !== undefined) {
      waiting.marked = true;
      change.breaks.add("noLoss");
    }
  } else if (chunk.charged.length === 0) {
    remove(change, slot);
  }
}

/** The whole chunk goes, with its task if it has one. */
function remove(change: Change, slot: number): void {
  const chunk = chunkIn(change, slot);
  if (owedBy(chunk).length > 0) {
    loses(change);
  }
  if (chunk.task === null) {
    close(change, slot);
  } else {
    destroyTask(change, slot);
  }
}

function loses({ breaks }: Change): void {
  breaks.add("noLoss").add("keptOrDelivered");
}
