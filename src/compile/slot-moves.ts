import type {
  Choice,
  CounterEffect,
  FollowUp,
  Instance,
  Message,
  Outcome,
  Reaction,
  SlotRule,
  TransitionProperty,
} from "../../models/description.ts";
import type { ChosenSlot, CounterChange, SlotMove } from "./compiled-system.ts";
import { Draft, type Surroundings } from "./draft.ts";
import type { HeardMessages } from "./heard-messages.ts";
import { subsetsOf } from "./masks.ts";
import type { MachineMove, RequestedInSlot, SlotChange, SlotSpace } from "./slot-space.ts";
import { DescriptionError } from "../errors/description-error.ts";

/** What the moves of a slot are made from. */
export interface MoveContext extends Surroundings {
  readonly space: SlotSpace;
  readonly heard: HeardMessages;
  readonly inputs: number;
  /** The masks that chunks of an input may have. */
  readonly masksOf: (input: number) => readonly (readonly number[])[];
  readonly reactions: readonly Reaction[];
  readonly followUps: readonly FollowUp[];
  readonly counterEffects: readonly CounterEffect[];
  readonly transitionProperties: readonly TransitionProperty[];
  /** The index of a fairness instance, made on first use. */
  readonly fairnessOf: (name: string, output: number | null) => number;
}

const mostReactions = 8;

function instances(rule: SlotRule, { space, inputs, masksOf }: MoveContext): readonly Instance[] {
  const outputs = Array.from({ length: space.outputs }, (_, output) => output);
  switch (rule.for) {
    case "slot":
      return [{ output: -1, input: -1, mask: [] }];
    case "slot and output":
      return outputs.map((output) => ({ output, input: -1, mask: [] }));
    case "slot and outputs":
      return subsetsOf(outputs).map((mask) => ({ output: -1, input: -1, mask }));
    case "slot and mask":
      return (rule.inputs ?? Array.from({ length: inputs }, (_, input) => input)).flatMap((input) =>
        masksOf(input).map((mask) => ({ output: -1, input, mask })),
      );
  }
}

/** What the named actions of machines add to the counters, summed by counter. */
export function counterChanges(
  requested: readonly RequestedInSlot[],
  context: Pick<MoveContext, "counterEffects" | "quantities">,
): readonly CounterChange[] {
  const sums = new Map<number, number>();
  for (const { type, output } of requested) {
    for (const effect of context.counterEffects) {
      if (effect.machineAction !== type || output === null) continue;
      const counter = context.quantities.indexOf({ counter: effect.counter, output });
      sums.set(counter, (sums.get(counter) ?? 0) + effect.adds);
    }
  }
  return [...sums].filter(([, adds]) => adds !== 0).map(([counter, adds]) => ({ counter, adds }));
}

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

function violations(
  action: string,
  steps: readonly MachineMove[],
  context: MoveContext,
): readonly string[] {
  const { space, transitionProperties } = context;
  return transitionProperties
    .filter(({ forbids }) =>
      steps.some(({ message, before, after }) =>
        forbids(
          action,
          { message, before: space.view(before), after: space.view(after) },
          space.outputs,
        ),
      ),
    )
    .map(({ name }) => name);
}

/** A slot that has been chosen: where it was, where it is by now, and what its machines did. */
interface Chosen {
  readonly place: number;
  readonly at: number;
  readonly moves: readonly MachineMove[];
}

/** An action of a slot as far as it has been followed. */
interface Course {
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

/** The acting slot takes messages, with its reactions; nothing where one is refused. */
function act(
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

function choose(course: Course, choice: Choice, context: MoveContext): readonly Course[] {
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
function end(
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
      courses.push(...act({ ...course, draft, breaks, said: ending }, ending.send, [], context));
    }
    open = open.flatMap((draft) => draft.whereNot(ending.guard));
  }
  return courses;
}

function told(moves: readonly MachineMove[]): SlotMove["steps"] {
  return moves.map(({ message, description, from, to, reaction }) => ({
    message,
    description,
    from,
    to,
    reaction,
  }));
}

function outcomeMoves(
  place: number,
  rule: SlotRule,
  branch: number,
  instance: Instance,
  outcome: Outcome,
  drafts: readonly Draft[],
  context: MoveContext,
): readonly Omit<SlotMove, "id">[] {
  const { space, quantities } = context;
  const at = space.configurationOf(place);
  const adds = (outcome.adds ?? []).map(({ counter, adds: by }) => ({
    counter: quantities.indexOf({ counter }),
    adds: by,
  }));
  const courses = drafts
    .flatMap((draft) => draft.where(outcome.guard ?? []))
    .flatMap((draft) => {
      const course: Course = {
        rule: rule.name,
        draft,
        at,
        moves: [],
        changes: [],
        chosen: [],
        failed: false,
        breaks: outcome.breaks ?? [],
        said: outcome,
      };
      return act(course, outcome.send(instance, space.view(at)), adds, context);
    })
    .flatMap((course) =>
      (outcome.choices?.(instance) ?? []).reduce<readonly Course[]>(
        (before, choice) => before.flatMap((one) => choose(one, choice, context)),
        [course],
      ),
    )
    .flatMap((course) => end(course, outcome, instance, context));
  const output = rule.for === "slot and output" ? instance.output : null;
  const hasMask = rule.for === "slot and mask" || rule.for === "slot and outputs";
  return courses.map((course) => {
    const { action, tells, cFunction } = course.said;
    const others = course.chosen.map((one): ChosenSlot => ({
      from: one.place,
      to: space.placeOf(one.at),
      steps: told(one.moves),
    }));
    const all = [...course.moves, ...course.chosen.flatMap(({ moves }) => moves)];
    return {
      action,
      agent: outcome.agent,
      rule: rule.name,
      branch,
      output,
      mask: hasMask ? instance.mask : null,
      input: instance.input >= 0 && context.inputs > 1 ? instance.input : null,
      tells,
      cFunction,
      fairness: outcome.fairness === undefined ? -1 : context.fairnessOf(outcome.fairness, output),
      delivers: outcome.delivers ?? false,
      from: place,
      to: space.placeOf(course.at),
      others,
      counterChanges: course.changes,
      steps: told(course.moves),
      violates: [...new Set([...violations(action, all, context), ...course.breaks])],
      needs: course.draft.needs,
      sets: course.draft.sets,
      told: course.draft.told,
      guard: course.draft.guard,
    };
  });
}

/** Whether the moves of a rule choose other slots: they are made once all places are known. */
export function choosesSlots(rule: SlotRule): boolean {
  return rule.branches.some(({ outcomes }) =>
    outcomes.some(({ choices }) => choices !== undefined),
  );
}

/** Every transition that a slot in this place can take, whatever the totals and counters are. */
export function movesOf(
  place: number,
  rules: readonly SlotRule[],
  context: MoveContext,
): readonly Omit<SlotMove, "id">[] {
  const { space } = context;
  const moves: Omit<SlotMove, "id">[] = [];
  const view = space.view(space.configurationOf(place));
  for (const rule of rules) {
    for (const instance of instances(rule, context)) {
      if (rule.concerns?.(instance, view) === false) continue;
      // The cases in which no earlier branch applies; a branch applies where its own guard holds too.
      let open: readonly Draft[] = [Draft.start(context)];
      for (const [index, branch] of rule.branches.entries()) {
        if (!branch.where.holds(view, instance.output)) continue;
        const guard = branch.guard(instance, view);
        const here = open.flatMap((draft) => draft.where(guard));
        for (const outcome of branch.outcomes) {
          moves.push(...outcomeMoves(place, rule, index, instance, outcome, here, context));
        }
        open = open.flatMap((draft) => draft.whereNot(guard));
      }
    }
  }
  return moves;
}
