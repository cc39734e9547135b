import type { Release } from "../../models/description.ts";
import {
  parameterNames,
  type ParameterName,
  type Parameters,
  type Routing,
} from "../../models/parameters.ts";
import { ownParameters, whyTooSmall } from "../compile/own-parameters.ts";
import { BadInput } from "./bad-input.ts";

/** Far above every real size, and far below where totals of 32 bits end. */
const largestSize = 1_000_000;

/** With ten outputs a slot alone has more local states than can be tabulated. */
const mostOutputs = 9;

const mostInputs = 9;

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

/** One value for all, or a list with one for each input or output, by commas. */
function listOf<Value>(text: string, read: (one: string) => Value): Value | readonly Value[] {
  const values = text.split(",").map((one) => read(one.trim()));
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}

function limitOf(name: string, text: string): number | "none" {
  return text.toLowerCase() === "none" ? "none" : wholeNumber(name, text, 1);
}

function oneOf<Value extends string>(name: string, text: string, known: readonly Value[]): Value {
  const found = known.find((one) => one === text.trim());
  if (found !== undefined) return found;
  throw new BadInput(`${name} must be ${known.join(", ")}, not "${text}"`);
}

/** `all`, `any`, or a fixed mask for each input such as `0,0+1`: output numbers joined by `+`. */
function routingOf(text: string, { outputs }: Parameters): Routing {
  if (text === "all" || text === "any") return text;
  return text.split(",").map((mask) => {
    if (!/^\s*\d+(\+\d+)*\s*$/.test(mask)) {
      throw new BadInput(
        `routing must be all, any, or a mask for each input such as 0,0+1, not "${text}"`,
      );
    }
    const numbers = [...new Set(mask.split("+").map(Number))].sort((a, b) => a - b);
    const missing = numbers.find((output) => output >= outputs);
    if (missing !== undefined) {
      throw new BadInput(
        `routing names output ${missing}, but there are ${outputs}: set outputs before routing`,
      );
    }
    return numbers;
  });
}

/** What is wrong with lists that do not fit the number of inputs or outputs, and with combinations; null if nothing is. */
function misfit(parameters: Parameters): string | null {
  const { inputs, outputs, routing } = parameters;
  const lists: readonly [string, unknown, number, string][] = [
    ["routing", routing, inputs, "inputs"],
    ["pauseOnChunksOverlimit", parameters.pauseOnChunksOverlimit, inputs, "inputs"],
    ["memBufLimit", parameters.memBufLimit, inputs, "inputs"],
    ["storageType", parameters.storageType, inputs, "inputs"],
    ["totalLimit", parameters.totalLimit, outputs, "outputs"],
  ];
  for (const [name, value, count, of] of lists) {
    if (Array.isArray(value) && value.length !== count) {
      return `${name} has ${value.length} values, but there are ${count} ${of}: give one value, or one for each`;
    }
  }
  const hasLimit = JSON.stringify(parameters.totalLimit) !== '"none"';
  if (hasLimit && parameters.crash && parameters.limitRule !== "v5.0.8") {
    return "totalLimit with crash is defined for limitRule v5.0.8 only: before, the age of chunks matters";
  }
  const needs: readonly [boolean, string, boolean, string][] = [
    [parameters.backlog, "backlog", parameters.crash, "crash=true"],
    [parameters.reload, "reload", parameters.shutdownPhase !== "none", "shutdownPhase"],
    [
      parameters.flushOnShutdown,
      "flushOnShutdown",
      parameters.shutdownPhase !== "none",
      "shutdownPhase",
    ],
    [
      parameters.readCostsAttempt,
      "readCostsAttempt",
      parameters.flushFails.includes("read"),
      "flushFails=read",
    ],
    [
      parameters.deadLetterLimit !== "none",
      "deadLetterLimit",
      parameters.deadLetter,
      "deadLetter=true",
    ],
  ];
  const lacking = needs.find(([on, , has]) => on && !has);
  return lacking === undefined ? null : `${lacking[1]} means nothing without ${lacking[3]}`;
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
      return { ...parameters, routing: routingOf(text, parameters) };
    case "retryLimit":
      if (["unlimited", "no_limits", "false"].includes(text.toLowerCase())) {
        return { ...parameters, retryLimit: "unlimited" };
      }
      if (!/^\d+$/.test(text)) {
        throw new BadInput(`retryLimit must be unlimited or a whole number, not "${text}"`);
      }
      return { ...parameters, retryLimit: wholeNumber(name, text, 0) };
    case "releaseOnClose":
    case "checkMapFirst":
    case "evictIdleWhenMapFull":
    case "crash":
    case "schedulerFails":
    case "shutdown":
    case "detachOnOutputExit":
    case "flushError":
    case "chunksFull":
    case "outputHangs":
    case "readCostsAttempt":
    case "backlog":
    case "reload":
    case "flushOnShutdown":
    case "deadLetter":
      return { ...parameters, [name]: yesOrNo(name, text) };
    case "inputs":
      return { ...parameters, inputs: wholeNumber(name, text, 1, mostInputs) };
    case "pauseOnChunksOverlimit":
      return { ...parameters, [name]: listOf(text, (one) => yesOrNo(name, one)) };
    case "memBufLimit":
    case "totalLimit":
      return { ...parameters, [name]: listOf(text, (one) => limitOf(name, one)) };
    case "deadLetterLimit":
      return { ...parameters, deadLetterLimit: limitOf(name, text) };
    case "storageType":
      return {
        ...parameters,
        storageType: listOf(text, (one) => oneOf(name, one, ["filesystem", "memory"])),
      };
    case "flushFails":
      return {
        ...parameters,
        flushFails:
          text === "none"
            ? []
            : text.split(",").map((one) => oneOf(name, one, ["start", "retry", "worker", "read"])),
      };
    case "limitRule":
      return {
        ...parameters,
        limitRule: oneOf(name, text, ["v3.0.4", "v3.1.4", "v4.0.0", "v5.0.8"]),
      };
    case "shutdownPhase":
      return { ...parameters, shutdownPhase: oneOf(name, text, ["none", "tasks", "chunks"]) };
    case "deadLetterRestart":
      return { ...parameters, deadLetterRestart: oneOf(name, text, ["kept", "deleted"]) };
  }
}

/** The release of that name. */
export function findRelease(releases: readonly Release[], name: string): Release {
  const found = releases.find((release) => release.name === name);
  if (found !== undefined) return found;
  const known = releases.map((release) => release.name).join(", ");
  throw new BadInput(`there is no release "${name}"; known releases are ${known}`);
}

/** The parameters of a release with `NAME=VALUE` settings applied, in order. */
export function parametersOf(release: Release, settings: readonly string[]): Parameters {
  let parameters = ownParameters(release);
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
  const wrong = misfit(parameters) ?? whyTooSmall(release, parameters);
  if (wrong !== null) throw new BadInput(wrong);
  return parameters;
}
