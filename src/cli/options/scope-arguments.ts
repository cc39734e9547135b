import type { Release } from "../../../models/description.ts";
import type { Values } from "../../../models/system.ts";
import { ownParameters, whyTooSmall } from "../../compile/own-parameters.ts";
import { BadInput } from "../bad-input.ts";
import { misfit, valueOf } from "./parameter-value.ts";

/** The parameters of a release with `NAME=VALUE` settings applied, in order. */
export function parametersOf(release: Release, settings: readonly string[]): Values {
  const declared = release.system.parameters;
  let parameters = ownParameters(release);
  for (const setting of settings) {
    const equals = setting.indexOf("=");
    if (equals < 1) throw new BadInput(`--set needs NAME=VALUE, not "${setting}"`);
    const name = setting.slice(0, equals).trim();
    const text = setting.slice(equals + 1).trim();
    const parameter = declared.find((one) => one.name === name);
    if (parameter === undefined) {
      const known = declared.map((one) => one.name).join(", ");
      throw new BadInput(`there is no parameter "${name}"; known parameters are ${known}`);
    }
    if (!release.applies.includes(name)) {
      throw new BadInput(
        `${name} means nothing for ${release.name}; it takes ${release.applies.join(", ")}`,
      );
    }
    parameters = { ...parameters, [name]: valueOf(parameter, text, parameters) };
  }
  const wrong = misfit(release.system, parameters) ?? whyTooSmall(release, parameters);
  if (wrong !== null) throw new BadInput(wrong);
  return parameters;
}
