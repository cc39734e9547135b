import type { Property, Section } from "../format/section.ts";
import type { Setting } from "../setting.ts";

/** The setting that counts when a key is written more than once; an empty one unsets it. */
export function lastProperty(sections: readonly Section[], key: string): Property | undefined {
  const property = sections
    .flatMap((section) => section.properties)
    .findLast((candidate) => candidate.key === key);
  return property?.value === "" ? undefined : property;
}

/** The same as a setting. */
export function lastSetting(
  sections: readonly Section[],
  key: string,
): Setting<string> | undefined {
  const property = lastProperty(sections, key);
  return property && { value: property.value, position: property.position };
}
