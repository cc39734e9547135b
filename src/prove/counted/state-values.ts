import { entryAt } from "../../errors/checked-access.ts";
import type { Stepper } from "../../compile/stepper.ts";
import { sharedName, type CountedSystem } from "./counting.ts";
import type { Valuation } from "../logic/linear.ts";
import { sizeValues } from "../violation/walk.ts";
import { slotsOf } from "../../compile/scope.ts";
import { sizesIn } from "../../compile/sizes.ts";

/** The values of the variables in a concrete state of the system, at the sizes of its scope. */
export function valuesIn(counted: CountedSystem, stepper: Stepper): Valuation {
  const { system, placeNames, quantities } = counted;
  const slots = slotsOf(stepper.scope);
  const values = sizeValues(slots, sizesIn(system, stepper.scope.parameters));
  for (let slot = 0; slot < slots; slot++) {
    const name = entryAt(placeNames, stepper.place(slot));
    values.set(name, (values.get(name) ?? 0) + 1);
  }
  for (const counter of system.counters) {
    const [name] = quantities[counter]?.terms.keys() ?? [];
    if (name !== undefined) values.set(name, stepper.amount(counter));
  }
  system.shared.forEach((_, machine) => {
    values.set(sharedName(system, machine), stepper.shared(machine));
  });
  return values;
}
