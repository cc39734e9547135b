/** A sum of whole multiples of variables, plus a constant. */
export interface Linear {
  readonly constant: number;
  /** No term is 0. */
  readonly terms: ReadonlyMap<string, number>;
}

/** A constant, as a linear expression. */
export function constant(value: number): Linear {
  return { constant: value, terms: new Map() };
}

/** A multiple of a variable, once the variable itself. */
export function variable(name: string, times = 1): Linear {
  return { constant: 0, terms: new Map(times === 0 ? [] : [[name, times]]) };
}

/** The sum of some linear expressions. */
export function sum(...parts: readonly Linear[]): Linear {
  const terms = new Map<string, number>();
  let total = 0;
  for (const part of parts) {
    total += part.constant;
    for (const [name, times] of part.terms) terms.set(name, (terms.get(name) ?? 0) + times);
  }
  for (const [name, times] of terms) if (times === 0) terms.delete(name);
  return { constant: total, terms };
}

/** A multiple of a linear expression. */
export function scale(linear: Linear, factor: number): Linear {
  if (factor === 0) return constant(0);
  return {
    constant: linear.constant * factor,
    terms: new Map([...linear.terms].map(([name, times]) => [name, times * factor])),
  };
}

/** `left - right`. */
export function minus(left: Linear, right: Linear): Linear {
  return sum(left, scale(right, -1));
}

/** Values of variables; what is not in it is 0. */
export type Valuation = ReadonlyMap<string, number>;

/** The value of a linear expression. */
export function valueOf(linear: Linear, values: Valuation): number {
  let value = linear.constant;
  for (const [name, times] of linear.terms) value += times * (values.get(name) ?? 0);
  return value;
}

/** What variables become; what is not in it stays as it is. */
export type Substitution = ReadonlyMap<string, Linear>;

/** A linear expression with variables replaced, all at once. */
export function substitute(linear: Linear, by: Substitution): Linear {
  if (![...linear.terms.keys()].some((name) => by.has(name))) return linear;
  return sum(
    constant(linear.constant),
    ...[...linear.terms].map(([name, times]) => scale(by.get(name) ?? variable(name), times)),
  );
}

/** What one substitution after another does, as one. */
export function compose(first: Substitution, second: Substitution): Substitution {
  const result = new Map(first);
  for (const [name, linear] of second) result.set(name, substitute(linear, first));
  return result;
}

/** Equal for equal expressions. */
export function linearKey(linear: Linear): string {
  const terms = [...linear.terms].sort(([a], [b]) => (a < b ? -1 : 1));
  return [linear.constant, ...terms.map(([name, times]) => `${times}*${name}`)].join("+");
}

/** As people write it, e.g. `T + 2 X - 1`. */
export function linearText(linear: Linear): string {
  let text = "";
  for (const [name, times] of linear.terms) {
    const size = Math.abs(times);
    const term = size === 1 ? name : `${size} ${name}`;
    if (text === "") text = times < 0 ? `-${term}` : term;
    else text += times < 0 ? ` - ${term}` : ` + ${term}`;
  }
  if (text === "") return String(linear.constant);
  if (linear.constant === 0) return text;
  return `${text} ${linear.constant < 0 ? "-" : "+"} ${Math.abs(linear.constant)}`;
}
