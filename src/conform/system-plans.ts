import type { System, Value, Values } from "../../models/system.ts";
import { fluentBitSystem } from "../../models/fluent-bit-system.ts";
import { largeScope, smallScopes, type ScopePlan } from "./conform-scopes.ts";

/** What makes more happen than the default: of each parameter of the user's the value that it has for that, if it has one. */
function tellingValues({ parameters }: System): readonly (readonly [string, Value])[] {
  return parameters.flatMap(({ name, isOf, inCharts, addsActions }) => {
    const value = inCharts ?? addsActions;
    return isOf === "size" || value === undefined ? [] : [[name, value] as const];
  });
}

/**
 * The scopes at which the releases of a system are tried. For a system that has no list of its own: as usual, with each
 * setting that makes more happen alone where it needs no other one, and, for random walks, with all of them.
 */
export function systemPlans(system: System): readonly ScopePlan[] {
  if (system.name === fluentBitSystem.name) return [...smallScopes, largeScope];
  const telling = tellingValues(system);
  const usual: Values = Object.fromEntries(
    system.parameters.map(({ name, default: value }) => [name, value]),
  );
  const all = { ...usual, ...Object.fromEntries(telling) };
  const isAlone = (name: string): boolean =>
    system.parameters.find((one) => one.name === name)?.needs?.isGiven(usual) !== false;
  const everything: ScopePlan = {
    name: "everything",
    title: "everything may happen",
    isLarge: () => true,
    settings: {
      ...Object.fromEntries(telling),
      [system.slots.parameter]: Number(usual[system.slots.parameter] ?? 1) + 2,
    },
  };
  return [
    { name: "as-usual", title: "as usual", settings: {} },
    ...telling
      .filter(([name]) => isAlone(name))
      .map(([name, value]) => ({ name, title: name, settings: { [name]: value } })),
    ...(system.refuses(all) === null ? [everything] : []),
  ];
}
