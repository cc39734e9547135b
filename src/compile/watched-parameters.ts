import type { Values } from "../../models/system.ts";

/** Parameters that remember which of their sizes somebody asked for. */
export interface WatchedParameters {
  readonly parameters: Values;
  /** The sizes that were asked for by name. */
  readonly lookedAt: ReadonlySet<string>;
  /** The sizes that were taken along when the parameters were copied whole, as `{ ...parameters }` does. */
  readonly copied: ReadonlySet<string>;
}

/** The same parameters, watched. */
export function watched(parameters: Values, sizes: readonly string[]): WatchedParameters {
  const lookedAt = new Set<string>();
  const copied = new Set<string>();
  // A copy asks for each property's descriptor just before it asks for the property.
  let described: PropertyKey | null = null;
  return {
    lookedAt,
    copied,
    parameters: new Proxy(parameters, {
      getOwnPropertyDescriptor: (target, key) => {
        described = key;
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
      get: (target, key) => {
        const size = sizes.find((name) => name === key);
        if (size !== undefined) (described === key ? copied : lookedAt).add(size);
        described = null;
        const value: unknown = Reflect.get(target, key);
        return value;
      },
    }),
  };
}
