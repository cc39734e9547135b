import type { Position } from "./position.ts";

/** A value of the configuration; `position` is undefined when Fluent Bit's default applies. */
export interface Setting<T> {
  readonly value: T;
  readonly position: Position | undefined;
}

/** A setting that the files do not mention. */
export function defaultSetting<T>(value: T): Setting<T> {
  return { value, position: undefined };
}
