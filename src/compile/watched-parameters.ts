import type { Parameters } from "../../models/parameters.ts";
import { sizeNames, type SizeName } from "./sizes.ts";

/** Parameters that remember which of their sizes somebody asked for. */
export interface WatchedParameters {
  readonly parameters: Parameters;
  /** The sizes that were asked for by name. */
  readonly lookedAt: ReadonlySet<SizeName>;
  /** The sizes that were taken along when the parameters were copied whole, as `{ ...parameters }` does. */
  readonly copied: ReadonlySet<SizeName>;
}

/** The same parameters, watched. */
export function watched(parameters: Parameters): WatchedParameters {
  const lookedAt = new Set<SizeName>();
  const copied = new Set<SizeName>();
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
        const size = sizeNames.find((name) => name === key);
        if (size !== undefined) (described === key ? copied : lookedAt).add(size);
        described = null;
        const value: unknown = Reflect.get(target, key);
        return value;
      },
    }),
  };
}
