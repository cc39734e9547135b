import { entryAt } from "../errors/checked-access.ts";
import type { Release } from "../../models/description.ts";
import { numberIn, type Parameter, type Values } from "../../models/system.ts";
import { ownParameters, whyTooSmall } from "./own-parameters.ts";

/** Parameters that say of what shape a system is: reports tell them apart from the settings. */
const shape: ReadonlySet<string> = new Set(["outputs", "routing"]);

/**
 * Parameters that differ from the release's own, but for sizes and for the shape, outputs and routing. An optional size
 * that the release does not have, or lacks, differs.
 */
export function settingsOf(release: Release, parameters: Values): readonly string[] {
  const own = ownParameters(release);
  const differs = ({ name, isOf }: Parameter): boolean => {
    if (isOf === "optional size") {
      return numberIn(parameters, name) > 0 !== numberIn(own, name) > 0;
    }
    const isTold = isOf === "size" || shape.has(name);
    return !isTold && JSON.stringify(parameters[name]) !== JSON.stringify(own[name]);
  };
  return release.system.parameters.filter(differs).map(({ name }) => name);
}

/** Why a number is none that the parameter takes, as a sentence; `null` if it is. */
function whyOutOfRange({ name, takes }: Parameter, parameters: Values): string | null {
  const value = parameters[name];
  if (takes.kind !== "number" || typeof value !== "number") return null;
  if (value < takes.least) {
    return takes.least === 0
      ? `${name} must not be negative`
      : `${name} must be at least ${takes.least}, not ${value}`;
  }
  return takes.most !== undefined && value > takes.most
    ? `${name} must be at most ${takes.most}, not ${value}`
    : null;
}

/** Why these are no parameters that the release can have, as a sentence; `null` if it can. */
export function whyNotOf(release: Release, parameters: Values): string | null {
  const own = ownParameters(release);
  const { name, applies, system } = release;
  const isOf = (one: string): Parameter["isOf"] | undefined =>
    system.parameters.find((parameter) => parameter.name === one)?.isOf;
  const changed = settingsOf(release, parameters).find(
    (one) => isOf(one) === "release" || isOf(one) === "optional size" || !applies.includes(one),
  );
  if (changed !== undefined) {
    return `${name} has ${changed}=${JSON.stringify(own[changed])}, not ${JSON.stringify(parameters[changed])}`;
  }
  return (
    whyTooSmall(release, parameters) ??
    system.parameters.map((one) => whyOutOfRange(one, parameters)).find((why) => why !== null) ??
    null
  );
}

/** Why these are no routes masks of a system with so many outputs, as a sentence; `null` if they are. */
export function whyNoMasks(masks: readonly (readonly number[])[], outputs: number): string | null {
  if (masks.length === 0) return "there is no routes mask: no chunk could be made";
  const wrong = masks.find(
    (mask) =>
      mask.length === 0 ||
      mask.some((output, index) => {
        return output < 0 || output >= outputs || (index > 0 && output <= entryAt(mask, index - 1));
      }),
  );
  if (wrong === undefined) return null;
  return `[${wrong.join(",")}] is no routes mask: it must be a rising list of outputs below ${outputs}`;
}
