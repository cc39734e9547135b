/** Something that can be counted in a system state. `output` and `input` are given for what exists once for each. */
export type Quantity =
  | { readonly total: string; readonly output?: number; readonly input?: number }
  | { readonly counter: string; readonly output?: number };

/** A bound that is linear in the limits: `constant` plus multiples of limits, by their names. */
export interface LinearBound {
  readonly constant: number;
  readonly [limit: string]: number | undefined;
}

/** `quantity - minus  relation  bound`, over whole numbers. */
export interface Comparison {
  readonly quantity: Quantity;
  readonly minus?: Quantity;
  readonly relation: "<" | ">=" | "=";
  readonly bound: LinearBound;
}
