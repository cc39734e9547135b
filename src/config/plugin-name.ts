import { ConfigurationError } from "./configuration-error.ts";
import type { Section } from "./format/section.ts";

/**
 * The plugin that a section asks for. The first `name` counts, and in `tcp://host:port` the part
 * before the colon (`flb_input.c::check_protocol`).
 *
 * @throws ConfigurationError if the section has no name.
 */
export function readPluginName(section: Section): string {
  const property = section.properties.find(({ key }) => key === "name");
  if (property === undefined || property.value === "") {
    throw new ConfigurationError(
      property?.position ?? section.position,
      `expected a 'name' with the plugin's name in the section '${section.name}'.`,
    );
  }
  const protocol = property.value.indexOf("://");
  const name = protocol > 0 ? property.value.slice(0, protocol) : property.value;
  return name.toLowerCase();
}
