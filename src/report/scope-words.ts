import type { Release } from "../../models/description.ts";
import { defaultParameters, parameterNames, type Parameters } from "../../models/parameters.ts";
import { ownParameters } from "../compile/own-parameters.ts";
import { parameterText } from "./parameter-text.ts";

const short: Readonly<Partial<Record<keyof Parameters, string>>> = {
  chunks: "chunks",
  taskMapSize: "task map",
  maxChunksUp: "max chunks up",
  outputs: "outputs",
};

/** The scope in a line: the four sizes, then whatever differs from the reference scope. */
export function scopeWords(parameters: Parameters): string {
  return parameterNames
    .flatMap((name) => {
      const value = parameters[name];
      const label = short[name];
      if (label !== undefined) return [`${label} ${parameterText(value)}`];
      if (value === defaultParameters[name]) return [];
      if (value === true) return [name];
      return [value === false ? `no ${name}` : `${name} ${parameterText(value)}`];
    })
    .join(", ");
}

/** The command that checks a release at these parameters. */
export function checkCommand(release: Release, parameters: Parameters): string {
  const base = ownParameters(release);
  const sets = parameterNames
    .filter((name) => parameters[name] !== base[name])
    .map((name) => ` --set ${name}=${parameterText(parameters[name])}`);
  return `unstuck check --release ${release.name}${sets.join("")}`;
}
