import { entryAt } from "../../errors/checked-access.ts";
import type { Values } from "../../../models/system.ts";
import type { CompiledSystem } from "../../compile/compiled-system.ts";
import { absentLimits, openLimits, withSizes } from "../../compile/sizes.ts";
import { Stepper } from "../../compile/stepper.ts";
import type { CountedSystem } from "../counted/counting.ts";
import { linearKey, type Valuation } from "../logic/linear.ts";
import { valuesIn } from "../counted/state-values.ts";

const stepsOfWalk = 300;
/** How many slots, and how large the limits are: their order goes round where there are more. */
const tried = [
  [2, 1, 1, 1],
  [3, 1, 1, 2],
  [4, 2, 1, 1],
  [4, 1, 2, 1],
  [6, 2, 2, 2],
  [8, 3, 2, 1],
  [4, 6, 4, 2],
  [4, 2, 6, 2],
] as const;

/** A small generator of pseudo-random numbers (xorshift32), so that the same walks are taken every time. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/**
 * States met on random walks at a few small sizes. They prove nothing: what does not hold in one of them need not be
 * tried as an invariant.
 */
export function sampleStates(counted: CountedSystem, parameters: Values): readonly Valuation[] {
  const { system }: { readonly system: CompiledSystem } = counted;
  const samples: Valuation[] = [];
  const seen = new Set<string>();
  const absent = absentLimits(system, parameters);
  for (const [chunks, ...limits] of tried) {
    const sizes = Object.fromEntries(
      openLimits(system, parameters).map(({ symbol }, index) => [
        symbol,
        absent.has(symbol) ? 0 : entryAt(limits, index % limits.length),
      ]),
    );
    const at = withSizes(system, parameters, chunks, sizes);
    const random = generator(chunks * 7919 + limits[0]);
    let stepper = new Stepper({ release: "", parameters: at, system });
    for (let step = 0; step < stepsOfWalk; step++) {
      const enabled = stepper.enabled();
      // A walk that has ended, or has gone on for long, starts again.
      const action = enabled[random(Math.max(enabled.length, 1))];
      if (action === undefined || step % 100 === 99) {
        stepper = new Stepper({ release: "", parameters: at, system });
        continue;
      }
      stepper.take(action);
      const values = valuesIn(counted, stepper);
      const key = linearKey({ constant: 0, terms: values });
      if (seen.has(key)) continue;
      seen.add(key);
      samples.push(values);
    }
  }
  return samples;
}
