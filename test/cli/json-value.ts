/** A part of a JSON value, by keys and indexes; undefined where there is none. */
export function part(value: unknown, ...keys: readonly (string | number)[]): unknown {
  let current = value;
  for (const key of keys) {
    if (typeof current !== "object" || current === null) return undefined;
    current = new Map<string, unknown>(Object.entries(current)).get(String(key));
  }
  return current;
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
