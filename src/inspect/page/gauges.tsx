import type { JSX } from "preact";
import { boundValue, limitValue } from "../../compile/scope.ts";
import type { Stepper } from "../../compile/stepper.ts";
import { quantityWords } from "../tell/quantity-words.ts";

/** A count against its limit. */
export function Gauge(props: {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
}): JSX.Element {
  const { name, value, limit } = props;
  const full = value >= limit;
  return (
    <div class={full ? "gauge full" : "gauge"}>
      <span>{name}</span>
      <meter min={0} max={Math.max(limit, value, 1)} value={value} aria-label={name}>
        {value}
      </meter>
      <output>
        {value.toLocaleString("en-US")}/{limit.toLocaleString("en-US")}
        {full ? " full" : ""}
      </output>
    </div>
  );
}

/** The counters of a state against their limits, and the machines that the chunks share. */
export function Gauges(props: { readonly stepper: Stepper }): JSX.Element {
  const { stepper } = props;
  const { system } = stepper.scope;
  const counters = system.counters.flatMap((index) => {
    const quantity = system.quantities[index];
    const limit = quantity?.bound ? boundValue(quantity.bound, stepper.scope) : 0;
    if (quantity === undefined || limit === 0) return [];
    const output = quantity.output ?? 0;
    const name =
      quantity.output === null ? quantityWords(quantity) : `over-limit quota, output ${output}`;
    return [{ name, value: stepper.amount(index), limit }];
  });
  const gauges = [
    ...system.vocabulary.gauges.map(({ words, quantity, limit }) => ({
      name: words,
      value: stepper.amount(quantity),
      limit: limitValue(stepper.scope, limit),
    })),
    ...counters,
  ];
  return (
    <div class="gauges">
      {gauges.map((gauge) => (
        <Gauge key={gauge.name} {...gauge} />
      ))}
      {system.shared.map(({ role, output, table }, machine) => {
        const state = table.states[stepper.shared(machine)]?.value ?? "";
        if (output === null && state === "running") return null;
        return (
          <span key={`${role} ${output ?? ""}`} class={`chip shared is-${state}`}>
            {output === null ? role : `${role} ${output}`}: {state}
          </span>
        );
      })}
    </div>
  );
}
