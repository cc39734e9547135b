import type { Broadcast, SystemRule } from "../../models/description.ts";
import type { CounterAssignment, PlaceMap, SystemMove } from "./compiled-system.ts";
import { Draft } from "./draft.ts";
import { counterChanges, type MoveContext } from "./move-context.ts";
import { addedCounters } from "./course.ts";

/** What a broadcast does to each place met so far; meeting new places on the way. */
export function placeMap(sender: string, broadcast: Broadcast, context: MoveContext): PlaceMap {
  const { space, heard } = context;
  const to: number[] = [];
  const changes: PlaceMap["counterChanges"][number][] = [];
  for (let place = 0; place < space.places; place++) {
    const configuration = space.configurationOf(place);
    const messages = broadcast(space.view(configuration), space.outputs);
    heard.mustBeListed(sender, messages);
    const change = space.send(configuration, messages, true);
    if ("refused" in change) throw new Error("a broadcast cannot be refused");
    to.push(space.placeOf(change.to));
    changes.push(counterChanges(change.requested, context));
  }
  return { to, counterChanges: changes };
}

/** Each counter that a rule assigns, for every output where there are several of that name. */
function assignments(rule: SystemRule, { quantities }: MoveContext): readonly CounterAssignment[] {
  return (rule.assigns ?? []).flatMap(({ counter, to }) =>
    quantities.entries.flatMap(({ kind, name, output }, index): readonly CounterAssignment[] => {
      if (kind !== "counter" || name !== counter) return [];
      if (to === 0) return [{ counter: index, from: -1 }];
      if (typeof to === "object") {
        return [{ counter: index, from: quantities.indexOf({ total: to.total }) }];
      }
      const source = output === null ? { counter: to } : { counter: to, output };
      return [{ counter: index, from: quantities.indexOf(source) }];
    }),
  );
}

/** The actions that are not of one slot, for every output where a rule is for outputs. */
export function systemMovesOf(
  rules: readonly SystemRule[],
  context: MoveContext,
): readonly SystemMove[] {
  const moves: SystemMove[] = [];
  for (const rule of rules) {
    const outputs =
      rule.for === "output" ? Array.from({ length: context.space.outputs }, (_, o) => o) : [null];
    const everySlot =
      rule.broadcast === undefined ? null : placeMap(rule.action, rule.broadcast, context);
    for (const output of outputs) {
      const messages = rule.send({ output: output ?? -1, input: -1, mask: [] });
      context.heard.mustBeHeard(rule.action, messages);
      const drafts = Draft.start(context)
        .where(rule.guard ?? [])
        .flatMap((draft) => draft.tell(messages));
      for (const { needs, sets, guard, told } of drafts) {
        moves.push({
          id: moves.length,
          action: rule.action,
          agent: rule.agent,
          output,
          fairness: rule.fairness === undefined ? -1 : context.fairnessOf(rule.fairness, output),
          guard,
          violates: rule.breaks ?? [],
          tells: rule.tells,
          cFunction: rule.cFunction,
          needs,
          sets,
          told,
          everySlot,
          counterChanges: addedCounters(rule.adds, context),
          assigns: assignments(rule, context),
        });
      }
    }
  }
  return moves;
}
