import type { Choice, Instance, Message, Outcome } from "../../models/description.ts";
import { DescriptionError } from "../errors/description-error.ts";
import type { CounterChange } from "./compiled-system.ts";
import type { Draft } from "./draft.ts";
import { counterChanges, type MoveContext } from "./move-context.ts";
import type { MachineMove, RequestedInSlot, SlotChange } from "./slot-space.ts";

const mostReactions = 8;

/** Lets the slot react until nothing more follows. */
function react(change: SlotChange, context: MoveContext): SlotChange {
  const { space, reactions } = context;
  let { to } = change;
  const moves: MachineMove[] = [...change.moves];
  const requested: RequestedInSlot[] = [...change.requested];
  for (let round = 0; round < mostReactions; round++) {
    const view = space.view(to);
    const reaction = reactions.find(
      ({ where, askedBy }) =>
        where.holds(view, -1) &&
        (askedBy === undefined || requested.some(({ type }) => type === askedBy)),
    );
    if (reaction === undefined) return { to, moves, requested };
    const messages = reaction.send(view, space.outputs);
    context.heard.mustBeListed(`reaction ${reaction.name}`, messages);
    const next = space.send(to, messages, false);
    if ("refused" in next) {
      throw new DescriptionError(
        `reaction ${reaction.name} sends ${next.refused.event.type} to ${next.refused.to}, which refuses it`,
      );
    }
    to = next.to;
    moves.push(...next.moves.map((move) => ({ ...move, reaction: reaction.name })));
    requested.push(...next.requested);
  }
  throw new DescriptionError("the reactions of a slot never end");
}

/** A slot that has been chosen: where it was, where it is by now, and what its machines did. */
interface Chosen {
  readonly place: number;
  readonly at: number;
  readonly moves: readonly MachineMove[];
}

/** An action of a slot as far as it has been followed. */
export interface Course {
  readonly rule: string;
  readonly draft: Draft;
  /** The configuration of the acting slot. */
  readonly at: number;
  readonly moves: readonly MachineMove[];
  readonly changes: readonly CounterChange[];
  readonly chosen: readonly Chosen[];
  readonly failed: boolean;
  readonly breaks: readonly string[];
  readonly said: Pick<Outcome, "action" | "tells" | "cFunction">;
}

function sum(
  left: readonly CounterChange[],
  right: readonly CounterChange[],
): readonly CounterChange[] {
  const sums = new Map(left.map(({ counter, adds }) => [counter, adds]));
  for (const { counter, adds } of right) sums.set(counter, (sums.get(counter) ?? 0) + adds);
  return [...sums].filter(([, adds]) => adds !== 0).map(([counter, adds]) => ({ counter, adds }));
}

/** What one slot did, and what follows it outside the slot. */
function followed(
  draft: Draft,
  from: number,
  change: SlotChange,
  changes: readonly CounterChange[],
  context: MoveContext,
): readonly Draft[] {
  const asked = change.requested.flatMap(({ type, at }) =>
    context.followUps
      .filter(({ askedBy }) => askedBy === type)
      .map((followUp) => ({ followUp, view: context.space.view(at) })),
  );
  return asked.reduce<readonly Draft[]>(
    (drafts, { followUp, view }) =>
      drafts.flatMap((one) => {
        const messages = followUp.send(view);
        context.heard.mustBeListed(`what follows, ${followUp.name},`, messages);
        if (messages.length === 0) return [one];
        const guard = followUp.guard(view);
        const { is, isNot } = one.whetherIn(followUp.while.role, followUp.while.state);
        return [
          ...isNot,
          ...is.flatMap((here) => here.where(guard)).flatMap((held) => held.tell(messages, true)),
          ...is.flatMap((here) => here.whereNot(guard)),
        ];
      }),
    [draft.moved(from, change.to, changes)],
  );
}

/** What an action, or its ending, adds to counters. */
export function addedCounters(
  adds: Outcome["adds"],
  { quantities }: Pick<MoveContext, "quantities">,
): readonly CounterChange[] {
  return (adds ?? []).map(({ counter, adds: by }) => ({
    counter: quantities.indexOf({ counter }),
    adds: by,
  }));
}

/** The acting slot takes messages, with its reactions; nothing where one is refused. */
export function act(
  course: Course,
  messages: readonly Message[],
  adds: readonly CounterChange[],
  context: MoveContext,
): readonly Course[] {
  const { space, heard } = context;
  heard.mustBeHeard(`rule ${course.rule}: ${course.said.action}`, messages);
  const toSlot = messages.filter(({ to }) => space.has(to));
  const toShared = messages.filter(({ to }) => !space.has(to));
  const direct = space.send(course.at, toSlot, false);
  if ("refused" in direct) return [];
  const change = react(direct, context);
  const changes = sum(counterChanges(change.requested, context), adds);
  return course.draft
    .tell(toShared)
    .flatMap((draft) => followed(draft, course.at, change, changes, context))
    .map((draft) => ({
      ...course,
      draft,
      at: change.to,
      moves: [...course.moves, ...change.moves],
      changes: sum(course.changes, changes),
    }));
}

/** A slot that is in a group by now: one that was chosen before, or another one of a place. */
function candidates(course: Course, group: number, context: MoveContext): readonly Chosen[] {
  const { space, quantities } = context;
  const isIn = (configuration: number): boolean => quantities.weightsOf(configuration)[group] === 1;
  const fresh = Array.from({ length: space.places }, (_, place) => place).filter((place) =>
    isIn(space.configurationOf(place)),
  );
  return [
    ...course.chosen.filter(({ at }) => isIn(at)),
    ...fresh.map((place) => ({ place, at: space.configurationOf(place), moves: [] })),
  ];
}

/** A course for each way in which a choice can be made: not needed, each slot of the first group that has one, or failed. */
export function choose(course: Course, choice: Choice, context: MoveContext): readonly Course[] {
  const { quantities, space } = context;
  const courses: Course[] = course.draft
    .whereNot(choice.needed)
    .map((draft) => ({ ...course, draft }));
  // The cases in which no earlier group has a slot.
  let open = course.draft.where(choice.needed);
  for (const group of choice.groups) {
    const isThere = { quantity: group, relation: ">=", bound: { constant: 1 } } as const;
    const here = open.flatMap((draft) => draft.where([isThere]));
    const index = quantities.indexOf(group);
    for (const candidate of here.length === 0 ? [] : candidates(course, index, context)) {
      const direct = space.send(candidate.at, choice.send(space.view(candidate.at)), false);
      if ("refused" in direct) {
        throw new DescriptionError(
          `choice ${choice.name} sends ${direct.refused.event.type} to ${direct.refused.to}, which refuses it`,
        );
      }
      const change = react(direct, context);
      const changes = counterChanges(change.requested, context);
      const now = {
        place: candidate.place,
        at: change.to,
        moves: [...candidate.moves, ...change.moves],
      };
      const chosen = course.chosen.includes(candidate)
        ? course.chosen.map((one) => (one === candidate ? now : one))
        : [...course.chosen, now];
      for (const draft of here) {
        for (const after of followed(draft, candidate.at, change, changes, context)) {
          courses.push({ ...course, draft: after, chosen, changes: sum(course.changes, changes) });
        }
      }
    }
    open = open.flatMap((draft) => draft.whereNot([isThere]));
  }
  return [...courses, ...open.map((draft) => ({ ...course, draft, failed: true }))];
}

/** How a course goes on after its choices: the first ending whose guard holds by then. */
export function end(
  course: Course,
  outcome: Outcome,
  instance: Instance,
  context: MoveContext,
): readonly Course[] {
  if (outcome.endings === undefined) return [course];
  const result = { chosen: course.chosen.length > 0, failed: course.failed };
  const courses: Course[] = [];
  let open: readonly Draft[] = [course.draft];
  for (const ending of outcome.endings(instance, result)) {
    for (const draft of open.flatMap((one) => one.where(ending.guard))) {
      const breaks = [...course.breaks, ...(ending.breaks ?? [])];
      const adds = addedCounters(ending.adds, context);
      courses.push(...act({ ...course, draft, breaks, said: ending }, ending.send, adds, context));
    }
    open = open.flatMap((draft) => draft.whereNot(ending.guard));
  }
  return courses;
}
