import type { Broadcast, SystemRule } from "../../models/description.ts";
import type { PlaceMap, SystemMove } from "./compiled-system.ts";
import { counterChanges, type MoveContext } from "./slot-moves.ts";
import { sharedVariants } from "./shared-variants.ts";

/** What a broadcast does to each place met so far; meeting new places on the way. */
export function placeMap(broadcast: Broadcast, context: MoveContext): PlaceMap {
  const { space } = context;
  const to: number[] = [];
  const changes: PlaceMap["counterChanges"][number][] = [];
  for (let place = 0; place < space.places; place++) {
    const configuration = space.configurationOf(place);
    const messages = broadcast(space.view(configuration), space.outputs);
    const change = space.send(configuration, messages, true);
    if ("refused" in change) throw new Error("a broadcast cannot be refused");
    to.push(space.placeOf(change.to));
    changes.push(counterChanges(change.requested, context));
  }
  return { to, counterChanges: changes };
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
    const everySlot = rule.broadcast === undefined ? null : placeMap(rule.broadcast, context);
    for (const output of outputs) {
      const messages = rule.send({ output: output ?? -1, mask: [] });
      for (const { needs, sets } of sharedVariants(messages, context)) {
        moves.push({
          id: moves.length,
          action: rule.action,
          agent: rule.agent,
          output,
          tells: rule.tells,
          cFunction: rule.cFunction,
          needs,
          sets,
          everySlot,
          resetsCounters: rule.resetsCounters ?? false,
        });
      }
    }
  }
  return moves;
}
