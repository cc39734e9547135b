import { numberIn, type Values } from "../../models/system.ts";
import type { CompiledSystem } from "./compiled-system.ts";

/** Values of limits, by their symbols: of those that a proof leaves open. */
export type Sizes = Readonly<Record<string, number>>;

type Limits = Pick<CompiledSystem, "limits">;

/** The limits that a proof leaves open: those that are parameters of their own. */
export function openLimits({ limits }: Limits, parameters: Values): CompiledSystem["limits"] {
  return limits.filter(({ name }) => typeof parameters[name] === "number");
}

/** The sizes that these parameters say. */
export function sizesIn(system: Limits, parameters: Values): Sizes {
  return Object.fromEntries(
    openLimits(system, parameters).map(({ name, symbol }) => [symbol, numberIn(parameters, name)]),
  );
}

/** Parameters with other sizes, and another number of slots. */
export function withSizes(
  system: Limits & Pick<CompiledSystem, "slots">,
  parameters: Values,
  slots: number,
  sizes: Sizes,
): Values {
  return {
    ...parameters,
    ...namedSizes(system.limits, sizes),
    [system.slots.parameter]: slots,
  };
}

/** Sizes by the names of the limits. */
export function namedSizes(
  limits: readonly { readonly name: string; readonly symbol: string }[],
  sizes: Sizes,
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    limits.flatMap(({ name, symbol }) => {
      const size = sizes[symbol];
      return size === undefined ? [] : [[name, size]];
    }),
  );
}

/** The symbols of the limits that may be 0, and are: they are absent, and stay so at every size. */
export function absentLimits({ limits }: Limits, parameters: Values): ReadonlySet<string> {
  return new Set(
    limits
      .filter(({ least, value }) => least === 0 && value(parameters) === 0)
      .map(({ symbol }) => symbol),
  );
}

/** The smallest sizes that a system can have. */
export function smallestSizes(system: Limits, parameters: Values): Sizes {
  const absent = absentLimits(system, parameters);
  return Object.fromEntries(
    openLimits(system, parameters).map(({ symbol, least }) => [
      symbol,
      absent.has(symbol) ? 0 : Math.max(1, least),
    ]),
  );
}
