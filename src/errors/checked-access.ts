/**
 * The entry of a list at an index that is there.
 *
 * @throws Error, which is a defect of this program, if there is none
 */
export function entryAt<T>(list: ArrayLike<T>, index: number): T {
  const found = list[index];
  if (found === undefined) {
    throw new Error(`there is no entry ${index} in a list of ${list.length}`);
  }
  return found;
}

/** The value that a record has for a name, and what its absence means where it has none. */
export function valueOr<T>(record: Readonly<Record<string, T>>, name: string, absent: T): T {
  return record[name] ?? absent;
}
