/** A part of a JSON value, by keys and indexes; undefined where there is none. */
export function part(value: unknown, ...keys: readonly (string | number)[]): unknown {
  return keys.reduce((current, key) => fields(current).get(String(key)), value);
}

/** The fields of a JSON object, in order; none if it is no object. */
export function fields(value: unknown): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>(
    typeof value === "object" && value !== null ? Object.entries(value) : [],
  );
}

/** A part of a JSON value that is a list. */
export function list(value: unknown, ...keys: readonly (string | number)[]): readonly unknown[] {
  const found: unknown = part(value, ...keys);
  if (!Array.isArray(found)) throw new TypeError(`${keys.join(".")} is no list`);
  return found;
}

/** Parses JSON without believing anything about it. */
export function parse(text: string): unknown {
  return JSON.parse(text);
}
