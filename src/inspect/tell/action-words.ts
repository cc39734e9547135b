import type { EnabledAction } from "../../compile/stepper.ts";
import type { Scope } from "../../compile/scope.ts";

/** An action with what it is about, such as `flushOk · chunk 1 → output 0`. */
export function actionWords(
  { move, slot }: EnabledAction,
  { system }: Pick<Scope, "system">,
): string {
  const mask = "mask" in move && move.mask !== null ? move.mask : [];
  const outputs = move.output === null ? mask : [move.output];
  const about = [
    ...(slot === null ? [] : [`${system.slots.noun} ${slot}`]),
    ...(outputs.length === 0 ? [] : [`output ${outputs.join("+")}`]),
  ].join(" → ");
  return about === "" ? move.action : `${move.action} · ${about}`;
}
