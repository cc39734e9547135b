import type { Position } from "./position.ts";

/** Something that Fluent Bit accepts but that is probably not what its author meant. */
export interface ConfigurationWarning {
  readonly message: string;
  readonly position: Position | undefined;
}

/** Takes a warning while a configuration is being read. */
export type Warn = (message: string, position: Position | undefined) => void;

/** Collects warnings, each one once. */
export function collectWarnings(): {
  readonly warnings: readonly ConfigurationWarning[];
  readonly warn: Warn;
} {
  const warnings: ConfigurationWarning[] = [];
  const warn: Warn = (message, position) => {
    const known = warnings.some(
      (other) =>
        other.message === message &&
        other.position?.file === position?.file &&
        other.position?.line === position?.line,
    );
    if (!known) {
      warnings.push({ message, position });
    }
  };
  return { warnings, warn };
}
