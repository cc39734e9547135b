import { ConfigurationError } from "./configuration-error.ts";
import type { Property, Section } from "./format/section.ts";

/** The first `name` of a section, as written. */
function nameProperty({ properties }: Section): Property | undefined {
  return properties.find(({ key }) => key === "name");
}

/**
 * The plugin that a section asks for, in lower case; undefined if it names none. The first `name` counts, and in
 * `tcp://host:port` the part before the colon (`flb_input.c::check_protocol`).
 */
export function pluginNameOf(section: Section): string | undefined {
  const name = nameProperty(section)?.value ?? "";
  const protocol = name.indexOf("://");
  return name === "" ? undefined : (protocol > 0 ? name.slice(0, protocol) : name).toLowerCase();
}

/** Why a section has no name: what it was written as has no value, or it was not written at all. */
function complaint(section: Section): string {
  const unset = nameProperty(section)?.unset ?? [];
  const [first] = unset;
  if (first === undefined) {
    return `expected a 'name' with the plugin's name in the section '${section.name}'.`;
  }
  const names = unset.map((name) => `\${${name}}`).join(" and ");
  const verb = unset.length === 1 ? "is" : "are";
  const example = /^\w+$/u.test(first) ? ` Set it, as in ${first}=stdout unstuck check ...` : "";
  return `${names} ${verb} not set, so the section '${section.name}' has no name.${example}`;
}

/**
 * The plugin that a section asks for.
 *
 * @throws ConfigurationError if the section has no name.
 */
export function readPluginName(section: Section): string {
  const name = pluginNameOf(section);
  if (name === undefined) {
    throw new ConfigurationError(
      nameProperty(section)?.position ?? section.position,
      complaint(section),
    );
  }
  return name;
}
