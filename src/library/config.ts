/** Configurations of Fluent Bit, read as Fluent Bit reads them. */
export { readFluentBitConfiguration } from "../config/read-configuration.ts";
export type { FluentBitConfiguration } from "../config/fluent-bit-configuration.ts";
export { ConfigurationError } from "../config/configuration-error.ts";
export { parseFluentBitVersion } from "../config/version.ts";
