import type { Judgement } from "./oracle.ts";
import type { PropertyName } from "./property.ts";

interface Judged {
  readonly properties: Readonly<Partial<Record<PropertyName, Judgement>>>;
}

/** The violated properties, with their shortest length or, where they have none, `true`. */
export function violatedIn({ properties }: Judged): Partial<Record<string, number | true>> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([, { verdict }]) => verdict === "violated")
      .map(([name, { length }]) => [name, length ?? true]),
  );
}

/** The same as the semantics writes it: the property and, where it has one, its shortest length. */
export function violations(judged: Judged): string[] {
  return Object.entries(violatedIn(judged))
    .map(([name, length]) => (length === true ? name : `${name} ${length}`))
    .sort();
}
