import type { OracleResult } from "./oracle.ts";

/** What is violated, as the semantics writes it: the property and, where it has one, its shortest length. */
export function violations({ properties }: OracleResult): string[] {
  return Object.entries(properties)
    .filter(([, { verdict }]) => verdict === "violated")
    .map(([name, { length }]) => (length === undefined ? name : `${name} ${length}`))
    .sort();
}
