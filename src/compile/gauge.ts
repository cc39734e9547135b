import type { CompiledSystem } from "./compiled-system.ts";

/**
 * The total that a gauge of this name shows, as an index into the quantities.
 *
 * @throws Error if the system has no such gauge
 */
export function gaugeOf({ vocabulary }: Pick<CompiledSystem, "vocabulary">, name: string): number {
  const gauge = vocabulary.gauges.find((one) => one.name === name);
  if (gauge === undefined) throw new Error(`no gauge is called ${name}`);
  return gauge.quantity;
}
