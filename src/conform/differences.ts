import { isList, isObject, type Json } from "./json.ts";

/** One place in which a reported state is not the expected one. */
export interface Difference {
  /** Such as `slots[0].chunk`; empty for the whole state. */
  readonly where: string;
  readonly expected: Json;
  /** Null where the port reports nothing. */
  readonly actual: Json;
}

/**
 * Where a reported state differs from the expected one. What the port reports beyond what is expected is its own
 * business; what it leaves out counts as null.
 */
export function differences(
  expected: Json,
  actual: Json | undefined,
  where = "",
): readonly Difference[] {
  const found = actual ?? null;
  if (expected === found) return [];
  if (isList(expected) && isList(found) && expected.length === found.length) {
    return expected.flatMap((value, index) =>
      differences(value, found[index], `${where}[${index}]`),
    );
  }
  if (isObject(expected) && isObject(found)) {
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(value, found[key], where === "" ? key : `${where}.${key}`),
    );
  }
  return [{ where, expected, actual: found }];
}
