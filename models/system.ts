import type { ProgressProperty } from "./progress.ts";

/** The value of a parameter: a number, a word, yes or no, or a list. */
export type Value = number | string | boolean | readonly Value[];

/** A value for each parameter of a system, by its name. */
export type Values = Readonly<Record<string, Value>>;

/** What values a parameter takes, and how they are written. */
type ValueKind =
  /** A whole number; `or` is a word that stands for no number, with the ways to write it. */
  | {
      readonly kind: "number";
      readonly least: number;
      readonly most?: number;
      readonly or?: { readonly value: string; readonly written: readonly string[] };
    }
  | { readonly kind: "flag" }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
  /** Any of the choices, by commas; `none` for none of them. */
  | { readonly kind: "choices"; readonly choices: readonly string[] }
  /** `all`, `any`, or a list of outputs for each input. */
  | { readonly kind: "routes" };

/** A parameter that a system declares. */
export interface Parameter {
  readonly name: string;
  /** What it means, and how its users call it. */
  readonly meaning: string;
  readonly takes: ValueKind;
  /** Where there may be a list with a value for each: the parameter that says how many. */
  readonly forEach?: "inputs" | "outputs";
  readonly default: Value;
  /**
   * Whose it is: a size, which a proof leaves open (an optional one is absent where it is 0, and whether it is, is the
   * release's); chosen by who runs the system, or by the world; or what makes a release the one that it is.
   */
  readonly isOf: "size" | "optional size" | "user" | "release";
  /** How a line about a scope always names it; without one, it is named where it differs from the default. */
  readonly label?: string;
  /** The value that adds actions, if one does: generated tests try whether the others are refused without it. */
  readonly addsActions?: Value;
  /** The value with which a drawing of the whole system shows it, where that is not the release's own. */
  readonly inCharts?: Value;
  /** What it means nothing without, once its value is not the default. */
  readonly needs?: { readonly words: string; readonly isGiven: (values: Values) => boolean };
}

/** What a slot holds, as a noun in the singular, and the parameter that says how many slots there are. */
export interface SlotNames {
  readonly noun: string;
  readonly parameter: string;
}

/** A kind of engine whose releases are modelled: what all of them have in common. */
export interface System {
  /** As `--system` has it: the name of its folder in `models/`. */
  readonly name: string;
  readonly title: string;
  /** What there is at first, after "has just started:". */
  readonly atFirst: string;
  readonly slots: SlotNames;
  readonly parameters: readonly Parameter[];
  /** Properties of progress to which it gives names that have another meaning elsewhere. */
  readonly means?: readonly ProgressProperty[];
  /** Why these values do not go together, as a sentence; null if they do. */
  readonly refuses: (values: Values) => string | null;
  /** The parameters of which the protocol for ports speaks; all of them where it is left out. */
  readonly inPorts?: readonly string[];
  /** The release that is meant where none is named. */
  readonly usualRelease: string;
}

/** The values of a system where nothing is set. */
export function defaultsOf({ parameters }: Pick<System, "parameters">): Values {
  return Object.fromEntries(parameters.map((one) => [one.name, one.default]));
}

/**
 * The value of a parameter that is a number.
 *
 * @throws TypeError if it is none
 */
export function numberIn(values: Values, name: string): number {
  const value = values[name];
  if (typeof value !== "number") throw new TypeError(`the parameter ${name} is no number`);
  return value;
}

/** The parameters that are sizes, in the order in which the system declares them; how many slots there are is one. */
export function sizesOf({ parameters }: Pick<System, "parameters">): readonly Parameter[] {
  return parameters.filter(({ isOf }) => isOf === "size" || isOf === "optional size");
}

/** Whether a flag is on; one that is not there is off. */
export function isOn(values: Values, name: string): boolean {
  return values[name] === true;
}

function isOneOf(takes: ValueKind, value: Value): boolean {
  switch (takes.kind) {
    case "number":
      return typeof value === "number" || value === takes.or?.value;
    case "flag":
      return typeof value === "boolean";
    case "choice":
      return takes.choices.some((one) => one === value);
    case "choices":
      return (
        typeof value === "object" && value.every((one) => takes.choices.some((may) => may === one))
      );
    case "routes":
      return (
        value === "all" ||
        value === "any" ||
        (typeof value === "object" &&
          value.every(
            (mask) => typeof mask === "object" && mask.every((o) => typeof o === "number"),
          ))
      );
  }
}

/** Whether a value is one that the parameter takes. */
export function fits(
  { takes, forEach }: Pick<Parameter, "takes" | "forEach">,
  value: Value | undefined,
): boolean {
  if (value === undefined) return false;
  if (isOneOf(takes, value)) return true;
  return (
    forEach !== undefined && typeof value === "object" && value.every((one) => isOneOf(takes, one))
  );
}
