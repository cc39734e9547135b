import { type Scope, slotsOf } from "../compile/scope.ts";
import { Stepper, type EnabledAction, type SystemState } from "../compile/stepper.ts";
import type { EnabledInstances } from "./enabled-instances.ts";
import { withRealSlots } from "./real-slots.ts";
import type { TrackedGraph } from "./tracked-graph.ts";
import { shortestWalk, type WalkStep } from "./tracked-walk.ts";

/** A fairness instance of a slot; of the system where `slot` is null. */
interface Duty {
  readonly slot: number | null;
  readonly instance: number;
}

/** A walk with real slots through one fair component, until nothing is owed to any of them. */
class FairWalk {
  readonly taken: EnabledAction[] = [];
  readonly #tracked: TrackedGraph;
  readonly #enabled: EnabledInstances;
  readonly #stepper: Stepper;
  readonly #watched: number;
  readonly #component: number;
  #node: number;
  #owed: readonly Duty[];

  constructor(
    tracked: TrackedGraph,
    enabled: EnabledInstances,
    start: { readonly node: number; readonly state: SystemState; readonly watched: number },
  ) {
    this.#tracked = tracked;
    this.#enabled = enabled;
    this.#stepper = new Stepper(tracked.graph.scope, start.state);
    this.#watched = start.watched;
    this.#node = start.node;
    this.#component = tracked.component[start.node] ?? -1;
    const { scope } = tracked.graph;
    const { system } = scope;
    this.#owed = [null, ...Array.from({ length: slotsOf(scope) }, (_, slot) => slot)].flatMap(
      (slot) => system.fairnessInstances.map((_name, instance) => ({ slot, instance })),
    );
    this.#forgive();
  }

  /** Goes to the nearest place where something that is owed is disabled or taken; false if nothing is owed any more. */
  payNearest(): boolean {
    let nearest: { readonly duty: Duty; readonly walk: readonly WalkStep[] } | null = null;
    for (const duty of this.#owed) {
      const walk = this.#walkTo(duty);
      if (nearest === null || walk.length < nearest.walk.length) nearest = { duty, walk };
    }
    if (nearest === null) return false;
    this.#take(nearest.walk, nearest.duty.slot);
    return true;
  }

  /** Goes back to the node where the walk began; the slots may have changed their places. */
  goHome(home: number): void {
    const walk = shortestWalk(
      this.#tracked,
      { node: this.#node, place: null },
      (node) => this.#isInside(node),
      ({ node }) => node === home,
    );
    if (walk === null) throw new Error("a component is not strongly connected");
    this.#take(walk, null);
  }

  get state(): SystemState {
    return this.#stepper.state();
  }

  #isInside(node: number): boolean {
    return this.#tracked.component[node] === this.#component;
  }

  #walkTo({ slot, instance }: Duty): readonly WalkStep[] {
    const bit = 1 << instance;
    const isWatched = slot === this.#watched;
    const walk = shortestWalk(
      this.#tracked,
      {
        node: this.#node,
        place: isWatched || slot === null ? null : this.#stepper.place(slot),
      },
      (node) => this.#isInside(node),
      (at, step) => {
        const place = isWatched ? (this.#tracked.placeOf[at.node] ?? 0) : at.place;
        const state = this.#tracked.stateOf[at.node] ?? 0;
        const enabled =
          slot === null ? this.#enabled.ofSystem(state) : this.#enabled.of(state, place);
        const acts =
          step !== null &&
          step.actors[0] === (slot === null ? undefined : isWatched ? "watched" : "followed");
        return (enabled & bit) === 0 || (acts && step.move.fairness === instance);
      },
    );
    if (walk === null) throw new Error("a component is not fair");
    return walk;
  }

  #take(walk: readonly WalkStep[], followed: number | null): void {
    for (const step of walk) {
      const action = withRealSlots(this.#stepper, step, this.#watched, followed);
      this.#stepper.take(action);
      this.taken.push(action);
      this.#node = step.node;
      this.#owed = this.#owed.filter(
        (duty) => duty.slot !== action.slot || duty.instance !== action.move.fairness,
      );
      this.#forgive();
    }
  }

  /** Nothing is owed that is disabled here. */
  #forgive(): void {
    const state = this.#tracked.stateOf[this.#node] ?? 0;
    this.#owed = this.#owed.filter(
      ({ slot, instance }) =>
        ((slot === null
          ? this.#enabled.ofSystem(state)
          : this.#enabled.of(state, this.#stepper.place(slot))) &
          (1 << instance)) !==
        0,
    );
  }
}

/** For each slot, whose part it takes from now on: the slot that was, at the start, where it is now. */
function rolesOf(start: SystemState, now: SystemState): readonly number[] {
  const free = new Set(start.places.keys());
  const roles = now.places.map((place, slot) => {
    if (start.places[slot] !== place) return -1;
    free.delete(slot);
    return slot;
  });
  return roles.map((role, slot) => {
    if (role >= 0) return role;
    const taken = [...free].find((one) => start.places[one] === now.places[slot]) ?? -1;
    free.delete(taken);
    return taken;
  });
}

/** Repeats a walk that leads back to where it began but for a permutation of slots, until that is the identity. */
function untilIdentity(
  scope: Scope,
  start: SystemState,
  walk: readonly EnabledAction[],
): readonly EnabledAction[] {
  const stepper = new Stepper(scope, start);
  for (const action of walk) stepper.take(action);
  const roles = rolesOf(start, stepper.state());
  const taken = [...walk];
  let slots = roles;
  while (slots.some((role, slot) => role !== slot)) {
    for (const before of walk) {
      const action: EnabledAction =
        before.slot === null
          ? before
          : {
              move: before.move,
              slot: slots.indexOf(before.slot),
              others: (before.others ?? []).map((slot) => slots.indexOf(slot)),
            };
      stepper.take(action);
      taken.push(action);
    }
    slots = slots.map((role) => roles[role] ?? role);
  }
  return taken;
}

/**
 * A closed run with real slots through a fair component: it leads back to the very state in which it began, and every
 * fairness instance of every slot is somewhere disabled or taken. It goes to what is owed, the nearest first.
 *
 * @param start a node of the component, a labelled state that it stands for, and the slot that is watched in it
 */
export function fairLoop(
  tracked: TrackedGraph,
  enabled: EnabledInstances,
  start: { readonly node: number; readonly state: SystemState; readonly watched: number },
): readonly EnabledAction[] {
  const walk = new FairWalk(tracked, enabled, start);
  while (walk.payNearest());
  walk.goHome(start.node);
  return untilIdentity(tracked.graph.scope, start.state, walk.taken);
}
