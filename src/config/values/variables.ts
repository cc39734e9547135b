import { featureSince, hasFeature } from "../engine-features.ts";
import type { VariableDefinition } from "../format/configuration-format.ts";
import type { Property, Section } from "../format/section.ts";
import type { Position } from "../position.ts";
import type { SettingsContext } from "../settings-context.ts";

/** The environment of the process, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What stands between the braces. */
interface Reference {
  readonly name: string;
  /** What stands for a variable that is unset or empty. */
  readonly otherwise: string | undefined;
}

/** `NAME:-default`; a name with any other colon before is taken whole, as it is there. */
function splitDefault(reference: string): Reference {
  const colon = reference.indexOf(":");
  return colon >= 0 && reference[colon + 1] === "-"
    ? { name: reference.slice(0, colon), otherwise: reference.slice(colon + 2) }
    : { name: reference, otherwise: undefined };
}

/** A value with its variables replaced. */
interface Translated {
  readonly value: string;
  /** Variables that are not set; they became nothing. */
  readonly unset: readonly string[];
}

/** Replaces every `${NAME}` of a value. */
type Translate = (value: string, position: Position) => Translated;

/** From where the rest of a value is copied when no further variable can be read. */
function remainderStart(value: string, rest: number, start: number, end: number): number {
  if (rest === 0 || start < 0) {
    return rest;
  }
  return end < 0 ? value.length : end + 1;
}

/**
 * The rule of `flb_env.c::flb_env_var_translate`: a variable that the files set wins over the
 * environment, an unset or empty one becomes its default, or nothing. What follows an unclosed `${` after another
 * variable is lost, as it is there.
 */
export function createTranslation(
  definitions: readonly VariableDefinition[],
  environment: Environment,
  { version, warn }: SettingsContext,
): Translate {
  for (const { name, value, position } of definitions) {
    if (value.includes("${")) {
      warn(
        `Fluent Bit takes the value of ${name} as it stands: it replaces no variables in it.`,
        position,
      );
    }
  }
  const defined = new Map(definitions.map(({ name, value }) => [name, value]));

  function readReference(text: string, position: Position): Reference {
    const reference = splitDefault(text);
    if (reference.otherwise === undefined || hasFeature(version, "variableDefaults")) {
      return reference;
    }
    warn(
      `\${NAME:-default} exists since v${featureSince("variableDefaults")}; before, '${text}' is a name.`,
      position,
    );
    return { name: text, otherwise: undefined };
  }

  function lookUp(text: string, position: Position, unset: string[]): string {
    const { name, otherwise } = readReference(text, position);
    const value = defined.get(name) ?? environment[name];
    if (value !== undefined && value !== "") {
      return value;
    }
    if (name === "HOSTNAME" && !defined.has(name)) {
      // Fluent Bit asks gethostname(2); any name will do here.
      return "localhost";
    }
    if (otherwise !== undefined || defined.has(name)) {
      return otherwise ?? "";
    }
    warn(`\${${name}} is not set; Fluent Bit replaces it by nothing.`, position);
    unset.push(name);
    return "";
  }

  return (value, position) => {
    const unset: string[] = [];
    let translated = "";
    let rest = 0;
    for (;;) {
      const start = value.indexOf("${", rest);
      const end = value.indexOf("}", rest);
      if (start < 0 || end < start + 3) {
        translated += value.slice(remainderStart(value, rest, start, end));
        return { value: translated, unset };
      }
      translated += value.slice(rest, start) + lookUp(value.slice(start + 2, end), position, unset);
      rest = end + 1;
    }
  };
}

/** A section with its variables replaced; settings that became empty count as not written. */
export function translateSection(section: Section, translate: Translate): Section {
  const properties = section.properties.map((property): Property => {
    const { value, unset } = translate(property.value, property.position);
    return { ...property, value, ...(unset.length === 0 ? {} : { unset }) };
  });
  return { ...section, properties };
}
