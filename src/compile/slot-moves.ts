import type { Instance, Outcome, SlotRule } from "../../models/description.ts";
import type { ChosenSlot, SlotMove } from "./compiled-system.ts";
import { act, addedCounters, choose, end, type Course } from "./course.ts";
import { Draft } from "./draft.ts";
import { subsetsOf } from "./masks.ts";
import type { MoveContext } from "./move-context.ts";
import type { MachineMove } from "./slot-space.ts";

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
  const adds = addedCounters(outcome.adds, context);
  const resets = (outcome.resets ?? []).map((counter) => quantities.indexOf({ counter }));
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
      return act(course, outcome.send(instance, space.view(at)), adds, context).map((one) => ({
        ...one,
        draft: one.draft.resetting(resets),
      }));
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
      resets,
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
