import type { Warn } from "../configuration-warning.ts";
import type { VariableDefinition } from "../format/configuration-format.ts";
import type { Property, Section } from "../format/section.ts";
import type { Position } from "../position.ts";

/** The environment of the process, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Replaces every `${NAME}` of a value. */
export type Translate = (value: string, position: Position) => string;

/** From where the rest of a value is copied when no further variable can be read. */
function remainderStart(value: string, rest: number, start: number, end: number): number {
  if (rest === 0 || start < 0) {
    return rest;
  }
  return end < 0 ? value.length : end + 1;
}

/**
 * The rule of `flb_env.c::flb_env_var_translate`: a variable that the files set wins over the
 * environment, an unset or empty one becomes nothing. What follows an unclosed `${` after another
 * variable is lost, as it is there.
 */
export function createTranslation(
  definitions: readonly VariableDefinition[],
  environment: Environment,
  warn: Warn,
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

  function lookUp(name: string, position: Position): string {
    const value = defined.get(name) ?? environment[name];
    if (defined.has(name) || (value !== undefined && value !== "")) {
      return value ?? "";
    }
    if (name === "HOSTNAME") {
      // Fluent Bit asks gethostname(2); any name will do here.
      return "localhost";
    }
    warn(`\${${name}} is not set; Fluent Bit replaces it by nothing.`, position);
    return "";
  }

  return (value, position) => {
    let translated = "";
    let rest = 0;
    for (;;) {
      const start = value.indexOf("${", rest);
      const end = value.indexOf("}", rest);
      if (start < 0 || end < start + 3) {
        return translated + value.slice(remainderStart(value, rest, start, end));
      }
      translated += value.slice(rest, start) + lookUp(value.slice(start + 2, end), position);
      rest = end + 1;
    }
  };
}

/** A section with its variables replaced; settings that became empty count as not written. */
export function translateSection(section: Section, translate: Translate): Section {
  const properties = section.properties.map((property): Property => ({
    ...property,
    value: translate(property.value, property.position),
  }));
  return { ...section, properties };
}
