import type { Scope } from "../../compile/scope.ts";
import type { Moment } from "../run.ts";
import { quantityWords } from "./quantity-words.ts";

/** What differs between the states of two releases, in words; quantities that only one of them has are left out. */
export function differences(
  oneScope: Scope,
  one: Moment,
  otherScope: Scope,
  other: Moment,
): readonly string[] {
  const { system } = otherScope;
  const apart = (here: string, there: string): string =>
    `${here} in ${oneScope.release} and ${there} in ${otherScope.release}`;
  const quantities = oneScope.system.quantities.flatMap((quantity, index) => {
    const at = system.quantities.findIndex(
      ({ name, output }) => name === quantity.name && output === quantity.output,
    );
    const here = one.state.amounts[index] ?? 0;
    const there = other.state.amounts[at] ?? 0;
    return at < 0 || here === there
      ? []
      : [`${quantityWords(quantity)} is ${apart(String(here), String(there))}`];
  });
  const places = one.state.places.flatMap((place, slot) => {
    const here = oneScope.system.places[place]?.name ?? "";
    const there = system.places[other.state.places[slot] ?? 0]?.name ?? "";
    return here === there ? [] : [`${system.slots.noun} ${slot} is ${apart(here, there)}`];
  });
  return [...quantities, ...places];
}
