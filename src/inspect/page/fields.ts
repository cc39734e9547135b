/** A field of something that came over the network; undefined if there is none. */
export function field(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined;
}

/** A field that should be text; empty if it is not. */
export function textField(of: unknown, name: string): string {
  const value = field(of, name);
  return typeof value === "string" ? value : "";
}
