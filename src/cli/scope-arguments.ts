import type { Release } from "../../models/description.ts";
import {
  defaultParameters,
  parameterNames,
  type ParameterName,
  type Parameters,
} from "../../models/parameters.ts";
import { BadInput } from "./bad-input.ts";

/** Far above every real size, and far below where totals of 32 bits end. */
const largestSize = 1_000_000;

/** With ten outputs a slot alone has more local states than can be tabulated. */
const mostOutputs = 9;

function wholeNumber(name: string, text: string, least: number, most = largestSize): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new BadInput(`${name} must be a whole number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}

function yesOrNo(name: string, text: string): boolean {
  switch (text.toLowerCase()) {
    case "true":
    case "yes":
    case "on":
    case "1":
      return true;
    case "false":
    case "no":
    case "off":
    case "0":
      return false;
    default:
      throw new BadInput(`${name} must be true or false, not "${text}"`);
  }
}

function isParameterName(name: string): name is ParameterName {
  return parameterNames.some((known) => known === name);
}

function withValue(parameters: Parameters, name: ParameterName, text: string): Parameters {
  switch (name) {
    case "chunks":
    case "taskMapSize":
    case "maxChunksUp":
      return { ...parameters, [name]: wholeNumber(name, text, 1) };
    case "outputs":
      return { ...parameters, outputs: wholeNumber(name, text, 1, mostOutputs) };
    case "overLimitQuota":
      return { ...parameters, overLimitQuota: wholeNumber(name, text, 0) };
    case "routing":
      if (text !== "all" && text !== "any") {
        throw new BadInput(`routing must be all or any, not "${text}"`);
      }
      return { ...parameters, routing: text };
    case "retryLimit":
      if (["unlimited", "no_limits", "false"].includes(text.toLowerCase())) {
        return { ...parameters, retryLimit: "unlimited" };
      }
      if (!/^\d+$/.test(text)) {
        throw new BadInput(`retryLimit must be unlimited or a whole number, not "${text}"`);
      }
      return { ...parameters, retryLimit: wholeNumber(name, text, 1) };
    case "releaseOnClose":
    case "checkMapFirst":
    case "pauseOnChunksOverlimit":
    case "evictIdleWhenMapFull":
    case "crash":
    case "schedulerFails":
    case "shutdown":
    case "detachOnOutputExit":
      return { ...parameters, [name]: yesOrNo(name, text) };
  }
}

/** The release of that name. */
export function findRelease(releases: readonly Release[], name: string): Release {
  const found = releases.find((release) => release.name === name);
  if (found !== undefined) return found;
  const known = releases.map((release) => release.name).join(", ");
  throw new BadInput(`there is no release "${name}"; known releases are ${known}`);
}

/** The parameters of a release where nothing is set. */
export function releaseParameters(release: Release): Parameters {
  return { ...defaultParameters, ...release.defaults };
}

/** The parameters of a release with `NAME=VALUE` settings applied, in order. */
export function parametersOf(release: Release, settings: readonly string[]): Parameters {
  let parameters = releaseParameters(release);
  for (const setting of settings) {
    const equals = setting.indexOf("=");
    if (equals < 1) throw new BadInput(`--set needs NAME=VALUE, not "${setting}"`);
    const name = setting.slice(0, equals).trim();
    const text = setting.slice(equals + 1).trim();
    if (!isParameterName(name)) {
      throw new BadInput(
        `there is no parameter "${name}"; known parameters are ${parameterNames.join(", ")}`,
      );
    }
    if (!release.applies.includes(name)) {
      throw new BadInput(
        `${name} means nothing for ${release.name}; it takes ${release.applies.join(", ")}`,
      );
    }
    parameters = withValue(parameters, name, text);
  }
  if (parameters.overLimitQuota < release.leastQuota) {
    throw new BadInput(
      `${release.name} needs overLimitQuota of at least ${release.leastQuota}, not ${parameters.overLimitQuota}`,
    );
  }
  return parameters;
}
