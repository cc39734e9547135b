import type {
  CounterEffect,
  Instance,
  Message,
  Outcome,
  Reaction,
  SlotRule,
  TransitionProperty,
} from "../../models/description.ts";
import type { Routing } from "../../models/parameters.ts";
import type { CounterChange, Guard, SlotMove } from "./compiled-system.ts";
import { compileGuard, conjoin, negate } from "./guards.ts";
import type { RequestedAction } from "./machine-table.ts";
import { sharedVariants, type SharedContext } from "./shared-variants.ts";
import type { MachineMove, SlotChange, SlotSpace } from "./slot-space.ts";

/** What the moves of a slot are made from. */
export interface MoveContext extends SharedContext {
  readonly space: SlotSpace;
  /** The masks that `ingest` may choose. */
  readonly masks: readonly (readonly number[])[];
  readonly reactions: readonly Reaction[];
  readonly counterEffects: readonly CounterEffect[];
  readonly counterOf: (name: string, output: number) => number;
  readonly transitionProperties: readonly TransitionProperty[];
  /** The index of a fairness instance, made on first use. */
  readonly fairnessOf: (name: string, output: number | null) => number;
}

const mostReactions = 8;

/** The masks that `ingest` may choose: all outputs, or every non-empty subset in increasing binary order. */
export function masksOf(outputs: number, routing: Routing): readonly (readonly number[])[] {
  const all = Array.from({ length: outputs }, (_, output) => output);
  if (routing === "all") return [all];
  return Array.from({ length: 2 ** outputs - 1 }, (_, index) =>
    all.filter((output) => (((index + 1) >> output) & 1) === 1),
  );
}

function instances(rule: SlotRule, { space, masks }: MoveContext): readonly Instance[] {
  switch (rule.for) {
    case "slot":
      return [{ output: -1, mask: [] }];
    case "slot and output":
      return Array.from({ length: space.outputs }, (_, output) => ({ output, mask: [] }));
    case "slot and mask":
      return masks.map((mask) => ({ output: -1, mask }));
  }
}

/** What the named actions of machines add to the counters, summed by counter. */
export function counterChanges(
  requested: readonly RequestedAction[],
  context: Pick<MoveContext, "counterEffects" | "counterOf">,
): readonly CounterChange[] {
  const sums = new Map<number, number>();
  for (const { type, output } of requested) {
    for (const effect of context.counterEffects) {
      if (effect.machineAction !== type || output === null) continue;
      const counter = context.counterOf(effect.counter, output);
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
  const requested: RequestedAction[] = [...change.requested];
  for (let round = 0; round < mostReactions; round++) {
    const view = space.view(to);
    const reaction = reactions.find(({ where }) => where.holds(view, -1));
    if (reaction === undefined) return { to, moves, requested };
    const next = space.send(to, reaction.send(view, space.outputs), false);
    if ("refused" in next) {
      throw new Error(
        `reaction ${reaction.name} sends ${next.refused.event.type} to ${next.refused.to}, which refuses it`,
      );
    }
    to = next.to;
    moves.push(...next.moves);
    requested.push(...next.requested);
  }
  throw new Error("the reactions of a slot never end");
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

function outcomeMoves(
  place: number,
  rule: SlotRule,
  branch: number,
  instance: Instance,
  outcome: Outcome,
  guards: readonly (readonly Guard[])[],
  context: MoveContext,
): readonly Omit<SlotMove, "id">[] {
  const { space } = context;
  const configuration = space.configurationOf(place);
  const messages = outcome.send(instance, space.view(configuration));
  const toSlot: Message[] = [];
  const toShared: Message[] = [];
  for (const message of messages) (space.has(message.to) ? toSlot : toShared).push(message);
  const direct = space.send(configuration, toSlot, false);
  if ("refused" in direct) return [];
  const change = react(direct, context);
  const output = rule.for === "slot and output" ? instance.output : null;
  const common = {
    action: outcome.action,
    agent: outcome.agent,
    rule: rule.name,
    branch,
    output,
    mask: rule.for === "slot and mask" ? instance.mask : null,
    tells: outcome.tells,
    cFunction: outcome.cFunction,
    fairness: outcome.fairness === undefined ? -1 : context.fairnessOf(outcome.fairness, output),
    delivers: outcome.delivers ?? false,
    from: place,
    to: space.placeOf(change.to),
    counterChanges: counterChanges(change.requested, context),
    steps: change.moves.map(({ message, description, from, to }) => ({
      message,
      description,
      from,
      to,
    })),
    violates: violations(outcome.action, change.moves, context),
  };
  return sharedVariants(toShared, context).flatMap(({ needs, sets, guard }) =>
    guards.flatMap((conjunction) => {
      const together = conjoin(conjunction, guard);
      return together === undefined ? [] : [{ ...common, needs, sets, guard: together }];
    }),
  );
}

/** Every transition that a slot in this place can take, whatever the totals and counters are. */
export function movesOf(
  place: number,
  rules: readonly SlotRule[],
  context: MoveContext,
): readonly Omit<SlotMove, "id">[] {
  const { space, indexOf } = context;
  const moves: Omit<SlotMove, "id">[] = [];
  const view = space.view(space.configurationOf(place));
  for (const rule of rules) {
    for (const instance of instances(rule, context)) {
      // The conjunctions under which no earlier branch applies; a branch applies where its own guard holds too.
      let open: readonly (readonly Guard[])[] = [[]];
      for (const [index, branch] of rule.branches.entries()) {
        if (!branch.where.holds(view, instance.output)) continue;
        const guard = branch
          .guard(instance, view)
          .map((comparison) => compileGuard(comparison, indexOf));
        const here = open.flatMap((before) => {
          const together = conjoin(before, guard);
          return together === undefined ? [] : [together];
        });
        for (const outcome of branch.outcomes) {
          moves.push(...outcomeMoves(place, rule, index, instance, outcome, here, context));
        }
        open = open.flatMap((before) =>
          negate(guard).flatMap((negation) => {
            const together = conjoin(before, negation);
            return together === undefined ? [] : [together];
          }),
        );
      }
    }
  }
  return moves;
}
