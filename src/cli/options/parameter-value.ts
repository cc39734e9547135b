import {
  numberIn,
  type Parameter,
  type System,
  type Value,
  type Values,
} from "../../../models/system.ts";
import { BadInput } from "../bad-input.ts";

/** Far above every real size, and far below where totals of 32 bits end. */
const largestSize = 1_000_000;

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

function oneOf(name: string, text: string, known: readonly string[]): string {
  const found = known.find((one) => one === text.trim());
  if (found !== undefined) return found;
  throw new BadInput(`${name} must be ${known.join(", ")}, not "${text}"`);
}

/** `all`, `any`, or a fixed mask for each input such as `0,0+1`: output numbers joined by `+`. */
function routesOf(name: string, text: string, outputs: number): Value {
  if (text === "all" || text === "any") return text;
  return text.split(",").map((mask) => {
    if (!/^\s*\d+(\+\d+)*\s*$/.test(mask)) {
      throw new BadInput(
        `${name} must be all, any, or a mask for each input such as 0,0+1, not "${text}"`,
      );
    }
    const numbers = [...new Set(mask.split("+").map(Number))].sort((a, b) => a - b);
    const missing = numbers.find((output) => output >= outputs);
    if (missing !== undefined) {
      throw new BadInput(
        `${name} names output ${missing}, but there are ${outputs}: set outputs before ${name}`,
      );
    }
    return numbers;
  });
}

function numberOf({ name, takes }: Parameter, text: string): Value {
  if (takes.kind !== "number") throw new Error(`${name} is no number`);
  const { least, most, or } = takes;
  if (or?.written.includes(text.toLowerCase()) === true) return or.value;
  if (or !== undefined && or.value !== "none" && !/^\d+$/.test(text)) {
    throw new BadInput(`${name} must be ${or.value} or a whole number, not "${text}"`);
  }
  return wholeNumber(name, text, least, most);
}

function singleValue(parameter: Parameter, text: string, parameters: Values): Value {
  const { name, takes } = parameter;
  switch (takes.kind) {
    case "number":
      return numberOf(parameter, text);
    case "flag":
      return yesOrNo(name, text);
    case "choice":
      return oneOf(name, text, takes.choices);
    case "choices":
      return text === "none" ? [] : text.split(",").map((one) => oneOf(name, one, takes.choices));
    case "routes":
      return routesOf(name, text, numberIn(parameters, "outputs"));
  }
}

/**
 * The value of a parameter that was written after `NAME=`.
 *
 * @param parameters the values that were set before
 * @throws BadInput if it is none that the parameter takes
 */
export function valueOf(parameter: Parameter, text: string, parameters: Values): Value {
  const { forEach, takes } = parameter;
  if (forEach === undefined || takes.kind === "routes") {
    return singleValue(parameter, text, parameters);
  }
  const values = text.split(",").map((one) => singleValue(parameter, one.trim(), parameters));
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}

/** What is wrong with lists that do not fit the number of inputs or outputs, and with combinations; null if nothing is. */
export function misfit(
  { parameters: declared, refuses }: Pick<System, "parameters" | "refuses">,
  parameters: Values,
): string | null {
  for (const { name, forEach } of declared) {
    const value = parameters[name];
    if (forEach === undefined || typeof value !== "object") continue;
    const count = numberIn(parameters, forEach);
    if (value.length !== count) {
      return `${name} has ${value.length} values, but there are ${count} ${forEach}: give one value, or one for each`;
    }
  }
  const refused = refuses(parameters);
  if (refused !== null) return refused;
  const lacking = declared.find(
    ({ name, needs, default: usual }) =>
      needs?.isGiven(parameters) === false && parameters[name] !== usual,
  );
  return lacking === undefined
    ? null
    : `${lacking.name} means nothing without ${lacking.needs?.words ?? ""}`;
}
