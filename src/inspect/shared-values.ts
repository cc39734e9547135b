/** Values in which equal parts stand once: each entry is a plain value, or a shape with the entries of its parts. */
interface SharedValues {
  /** The names of the fields of objects; the empty list at 0 is the shape of every array. */
  readonly shapes: readonly (readonly string[])[];
  /** Plain values, or the number of a shape and then entries. The last entry is the whole. */
  readonly entries: readonly unknown[];
}

/** JSON data with equal parts written once. Releases at the same sizes have most of their rules in common. */
export function shareValues(value: unknown): SharedValues {
  const shapes: (readonly string[])[] = [[]];
  const knownShapes = new Map<string, number>();
  const entries: unknown[] = [];
  const knownEntries = new Map<string, number>();
  const add = (entry: unknown): number => {
    const key = JSON.stringify(entry);
    const known = knownEntries.get(key) ?? entries.push(entry) - 1;
    knownEntries.set(key, known);
    return known;
  };
  const shapeOf = (names: readonly string[]): number => {
    const key = names.join("\n");
    const known = knownShapes.get(key) ?? shapes.push(names) - 1;
    knownShapes.set(key, known);
    return known;
  };
  const visit = (one: unknown): number => {
    if (typeof one !== "object" || one === null) return add(one);
    if (Array.isArray(one)) return add([0, ...one.map(visit)]);
    const fields = Object.entries(one).filter(([, field]) => field !== undefined);
    const shape = shapeOf(fields.map(([name]) => name));
    return add([shape, ...fields.map(([, field]) => visit(field))]);
  };
  const whole = visit(value);
  return { shapes, entries: whole === entries.length - 1 ? entries : [...entries, entries[whole]] };
}

/**
 * The data again. Equal parts are one and the same object: nobody may change them.
 *
 * @throws Error if the text was not made of shared values
 */
export function unshareValues(text: string): unknown {
  const shared: unknown = JSON.parse(text);
  const partOf = (name: string): readonly unknown[] => {
    const part: unknown =
      typeof shared === "object" && shared !== null ? Reflect.get(shared, name) : undefined;
    if (!Array.isArray(part)) throw new Error("the data of the page cannot be read");
    return part;
  };
  const shapes = partOf("shapes").map((names) =>
    Array.isArray(names) ? names.map((name) => String(name)) : [],
  );
  const values: unknown[] = [];
  for (const entry of partOf("entries")) {
    if (!Array.isArray(entry)) {
      values.push(entry);
      continue;
    }
    const [shape, ...parts] = entry.map(Number);
    const made = parts.map((part) => values[part]);
    const names = shapes[shape ?? 0] ?? [];
    values.push(
      shape === 0 ? made : Object.fromEntries(names.map((name, index) => [name, made[index]])),
    );
  }
  return values.at(-1);
}
