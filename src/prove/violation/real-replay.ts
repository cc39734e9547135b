import type { Scope } from "../../compile/scope.ts";
import { lastActionOf, replay } from "./accelerated-path.ts";
import { withSizes, type Sizes } from "../../compile/sizes.ts";
import type { CountedSystem } from "../counted/counting.ts";
import { isViolatedAt } from "./evidence.ts";
import { holds } from "../logic/formula.ts";
import { valueOf } from "../logic/linear.ts";
import type { ProvedPath } from "../invariant/refute.ts";
import { valuesIn } from "../counted/state-values.ts";
import { sizeValues } from "./walk.ts";

/** A run that was taken on the model, action by action, at some sizes. */
export interface Replay {
  readonly sizes: Sizes;
  /** As few chunks as the run needs. */
  readonly chunks: number;
  /** How many actions it took. */
  readonly steps: number;
  /** Whether it ends in the violation. */
  readonly violates: boolean;
}

/**
 * Takes a run at these sizes, with as few chunks as it needs.
 *
 * @param shape the scope that was proved; its own sizes do not matter
 * @returns `null` if the run is for other sizes
 * @throws Error if an action of the run is not enabled.
 */
export function replayAt(
  counted: CountedSystem,
  shape: Pick<Scope, "release" | "parameters">,
  property: string,
  proved: ProvedPath,
  sizes: Sizes,
): Replay | null {
  const chunks = valueOf(proved.bound, sizeValues(0, sizes));
  if (!holds(proved.covers, sizeValues(chunks, sizes))) return null;
  const parameters = withSizes(counted.system, shape.parameters, chunks, sizes);
  const scope: Scope = { release: shape.release, parameters, system: counted.system };
  const { end, steps } = replay(proved.path, scope);
  const violates = isViolatedAt(
    counted,
    property,
    proved.evidence,
    lastActionOf(proved.path),
    valuesIn(counted, end),
  );
  return { sizes, chunks, steps, violates };
}
