import type { Release } from "../../../models/description.ts";
import type { Values } from "../../../models/system.ts";
import { ownParameters } from "../../compile/own-parameters.ts";
import { parameterText } from "../parameter-text.ts";
import type { CompiledSystem } from "../../compile/compiled-system.ts";

/** The scope in a line: what the system labels, then whatever differs from the defaults. */
export function scopeWords({
  system,
  parameters,
}: {
  readonly system: Pick<CompiledSystem, "declared">;
  readonly parameters: Values;
}): string {
  return system.declared
    .flatMap(({ name, label, default: usual }) => {
      const value = parameters[name] ?? usual;
      if (label !== undefined) return [`${label} ${parameterText(value)}`];
      if (value === usual) return [];
      if (value === true) return [name];
      return [value === false ? `no ${name}` : `${name} ${parameterText(value)}`];
    })
    .join(", ");
}

/** The command that checks a release at these parameters. */
export function checkCommand(release: Release, parameters: Values): string {
  const base = ownParameters(release);
  const { system } = release;
  const sets = system.parameters
    .filter(({ name }) => parameters[name] !== base[name])
    .map(
      ({ name, default: usual }) => ` --set ${name}=${parameterText(parameters[name] ?? usual)}`,
    );
  const named = system.name === "fluent-bit" ? "" : ` --system ${system.name}`;
  return `unstuck check${named} --release ${release.name}${sets.join("")}`;
}
