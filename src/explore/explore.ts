import { Conditions } from "../compile/conditions.ts";
import type { CounterChange, PlaceMap, SlotMove } from "../compile/compiled-system.ts";
import { boundValue, type Scope } from "../compile/scope.ts";
import { ExactSum } from "./exact-sum.ts";
import { GrowableUint32 } from "./growable.ts";
import { Layout } from "./layout.ts";
import { OrbitSize } from "./orbit-size.ts";
import { edgeCode, mostMoves, mostSlots, type StateGraph } from "./state-graph.ts";
import { StateSet } from "./state-set.ts";
import { LimitError } from "../errors/limit-error.ts";

/** How far a search may go. */
export interface ExploreOptions {
  /** Whether states that differ by a permutation of slots are merged. Counts are exact either way. */
  readonly symmetry: boolean;
  /** Most states to visit. */
  readonly maxStates: number;
  /** Most bytes to reserve for states and transitions. */
  readonly maxBytes: number;
  /** Called now and then with the numbers of visited and of waiting states. */
  readonly onProgress?: (visited: number, waiting: number) => void;
}

export const defaultLimits = { maxStates: 20_000_000, maxBytes: 8 * 2 ** 30 } as const;

const progressEvery = 4096;

/**
 * Visits every reachable state of a scope, breadth first.
 *
 * @throws LimitError if the scope has more slots, states of a slot or actions than a search can number, or if a counter
 * leaves its range.
 */
export function explore(scope: Scope, options: ExploreOptions): StateGraph {
  const { system, parameters } = scope;
  const slots = parameters.chunks;
  const actions = system.slotMoves.length + system.systemMoves.length;
  if (slots > mostSlots) throw new LimitError(`a search can have ${mostSlots} chunks at most`);
  if (actions > mostMoves) throw new LimitError(`a search can have ${mostMoves} actions at most`);

  const layout = new Layout(scope);
  const conditions = new Conditions(scope);
  const { ofSlotMove, ofSystemMove } = conditions;
  const { movesFrom, systemMoves, quantities, counters } = system;
  const sharedAt = slots;
  const countersAt = slots + system.shared.length;
  const totals = quantities.flatMap(({ kind, weights, plus }, index) =>
    kind === "total" ? [{ index, weights: Uint8Array.from(weights), plus }] : [],
  );
  const fieldOfCounter = new Map(counters.map((index, order) => [index, countersAt + order]));
  const gate = system.gate;
  const gateGuard = (gate?.guard ?? []).map((one) => ({
    weights: Int32Array.from(system.places, ({ id }) => {
      const weight = (quantity: number): number => quantities[quantity]?.weights[id] ?? 0;
      return weight(one.quantity) - (one.minus < 0 ? 0 : weight(one.minus));
    }),
    relation: one.relation,
    bound: boundValue(one.bound, scope),
  }));

  const set = new StateSet(layout.words);
  const parents = new GrowableUint32();
  const edgeStarts = new GrowableUint32();
  const edgeTargets = new GrowableUint32();
  const edgeCodes = new GrowableUint32();
  const fields = new Int32Array(layout.fields);
  const next = new Int32Array(layout.fields);
  const words = new Uint32Array(layout.words);
  const shared = new Uint8Array(system.shared.length);
  const amounts = new Int32Array(quantities.length);
  const holds = new Uint8Array(conditions.count);

  const fieldCount = layout.fields;
  const orbit = new OrbitSize(slots);
  const labelled = new ExactSum();
  const transitions = new ExactSum();
  const selfLoops = new ExactSum();
  let canonical = 0;
  let mostUp = 0;

  const applyToCounters = (changes: readonly CounterChange[]): void => {
    for (const { counter, adds } of changes) {
      const field = fieldOfCounter.get(counter) ?? 0;
      next[field] = (next[field] ?? 0) + adds;
    }
  };
  const applyToEverySlot = ({ to, counterChanges }: PlaceMap): void => {
    for (let slot = 0; slot < slots; slot++) {
      const place = next[slot] ?? 0;
      applyToCounters(counterChanges[place] ?? []);
      next[slot] = to[place] ?? 0;
    }
  };
  /** Opens the gate if it applies to `next`; whether it did. */
  const openGate = (): boolean => {
    if (gate === null) return false;
    const applies = gateGuard.every(({ weights, relation, bound }) => {
      let sum = 0;
      for (let slot = 0; slot < slots; slot++) sum += weights[next[slot] ?? 0] ?? 0;
      return relation === "<" ? sum < bound : relation === ">=" ? sum >= bound : sum === bound;
    });
    if (applies) applyToEverySlot(gate.everySlot);
    return applies;
  };
  /** Adds `next`, reached from `source`; whether it is the very same labelled state as `fields`. */
  const arrive = (source: number, move: number, slot: number, gated: boolean): boolean => {
    let field = 0;
    while (field < fieldCount && next[field] === fields[field]) field++;
    const identity = field === fieldCount;
    if (options.symmetry && !identity) sortSlots(next, slots);
    layout.pack(next, words);
    const before = set.size;
    const target = set.add(words);
    if (set.size > before) parents.push(source);
    edgeTargets.push(target);
    edgeCodes.push(edgeCode(move, slot, identity, gated));
    return identity;
  };

  layout.pack(next, words);
  set.add(words);
  parents.push(0);

  let expanded = 0;
  let endedBy: string | null = null;
  for (; expanded < set.size; expanded++) {
    if (set.size > options.maxStates) {
      endedBy = `the limit of ${options.maxStates} states`;
      break;
    }
    if (expanded % progressEvery === 0) {
      options.onProgress?.(expanded, set.size - expanded);
      const bytes = set.bytes + edgeTargets.bytes + edgeCodes.bytes + edgeStarts.bytes;
      if (bytes + parents.bytes > options.maxBytes) {
        endedBy = `the limit of ${Math.round(options.maxBytes / 2 ** 20)} MiB`;
        break;
      }
    }
    layout.unpack(set.words, expanded * layout.words, fields);
    edgeStarts.push(edgeTargets.length);
    for (const [index, field] of fieldOfCounter) amounts[index] = fields[field] ?? 0;
    for (const { index, weights, plus } of totals) {
      let sum = plus < 0 ? 0 : (amounts[plus] ?? 0);
      for (let slot = 0; slot < slots; slot++) sum += weights[fields[slot] ?? 0] ?? 0;
      amounts[index] = sum;
    }
    for (let machine = 0; machine < shared.length; machine++) {
      shared[machine] = fields[sharedAt + machine] ?? 0;
    }
    conditions.decide(shared, amounts, holds);
    mostUp = Math.max(mostUp, amounts[system.vocabulary.up] ?? 0);

    let outgoing = 0;
    let loops = 0;
    let sorted = true;
    for (let slot = 0; slot < slots; slot++) {
      const place = fields[slot] ?? 0;
      if (slot > 0) {
        const previous = fields[slot - 1] ?? 0;
        if (previous > place) sorted = false;
        if (options.symmetry && previous === place) continue;
      }
      let multiplicity = 1;
      if (options.symmetry) {
        while (slot + multiplicity < slots && fields[slot + multiplicity] === place) multiplicity++;
      }
      const moves = movesFrom[place] ?? [];
      for (const move of moves) {
        if (holds[ofSlotMove[move.id] ?? 0] === 0) continue;
        for (const { others, ways } of move.others.length === 0
          ? [{ others: none, ways: 1 }]
          : choicesOf(move, slot, fields, slots, options.symmetry)) {
          next.set(fields);
          next[slot] = move.to;
          for (let index = 0; index < others.length; index++) {
            next[others[index] ?? 0] = move.others[index]?.to ?? 0;
          }
          for (const { machine, state } of move.sets) next[sharedAt + machine] = state;
          applyToCounters(move.counterChanges);
          const gated = openGate();
          if (arrive(expanded, move.id, slot, gated)) loops += multiplicity * ways;
          outgoing += multiplicity * ways;
        }
      }
    }
    for (const move of systemMoves) {
      if (holds[ofSystemMove[move.id] ?? 0] === 0) continue;
      next.set(fields);
      for (const { machine, state } of move.sets) next[sharedAt + machine] = state;
      if (move.everySlot !== null) applyToEverySlot(move.everySlot);
      for (const { counter, from } of move.assigns) {
        next[fieldOfCounter.get(counter) ?? 0] = from < 0 ? 0 : (amounts[from] ?? 0);
      }
      const gated = openGate();
      if (arrive(expanded, system.slotMoves.length + move.id, 0, gated)) loops++;
      outgoing++;
    }

    if (sorted) canonical++;
    if (!options.symmetry) {
      labelled.add(1);
      transitions.add(outgoing);
      selfLoops.add(loops);
    } else if (orbit.isExact) {
      const size = orbit.of(fields);
      labelled.add(size);
      transitions.add(size * outgoing);
      selfLoops.add(size * loops);
    } else {
      const size = orbit.exactly(fields);
      labelled.addExact(size);
      transitions.addExact(size * BigInt(outgoing));
      selfLoops.addExact(size * BigInt(loops));
    }
  }
  edgeStarts.push(edgeTargets.length);

  return {
    scope,
    layout,
    symmetry: options.symmetry,
    complete: endedBy === null,
    endedBy,
    states: set.size,
    expanded,
    words: set.words,
    parents,
    edgeStarts,
    edgeTargets,
    edgeCodes,
    counts: {
      labelled: labelled.value,
      canonical,
      transitions: transitions.value,
      selfLoops: selfLoops.value,
      mostUp,
    },
  };
}

const none: readonly number[] = [];

/**
 * The slots that a move can choose besides the acting one. With symmetry, one choice stands for all of the same places.
 */
function choicesOf(
  move: SlotMove,
  acting: number,
  fields: Int32Array,
  slots: number,
  symmetry: boolean,
): readonly { readonly others: readonly number[]; readonly ways: number }[] {
  let found: readonly { readonly others: readonly number[]; readonly ways: number }[] = [
    { others: none, ways: 1 },
  ];
  for (const { from } of move.others) {
    found = found.flatMap(({ others, ways }) => {
      const free: number[] = [];
      for (let slot = 0; slot < slots; slot++) {
        if (fields[slot] === from && slot !== acting && !others.includes(slot)) free.push(slot);
      }
      if (!symmetry) return free.map((slot) => ({ others: [...others, slot], ways: 1 }));
      const [first] = free;
      return first === undefined ? [] : [{ others: [...others, first], ways: ways * free.length }];
    });
  }
  return found;
}

/** Puts the places of the slots in ascending order (few are out of order, so by insertion). */
function sortSlots(fields: Int32Array, slots: number): void {
  for (let slot = 1; slot < slots; slot++) {
    const place = fields[slot] ?? 0;
    let at = slot;
    while (at > 0 && (fields[at - 1] ?? 0) > place) {
      fields[at] = fields[at - 1] ?? 0;
      at--;
    }
    fields[at] = place;
  }
}
