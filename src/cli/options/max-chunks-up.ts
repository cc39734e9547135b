import { readFluentBitConfiguration } from "../../config/read-configuration.ts";
import type { FluentBitVersion } from "../../config/version.ts";

/**
 * `storage.max_chunks_up` of a configuration, its default where it is not set.
 *
 * @throws ConfigurationError, with file and line, if the configuration cannot be read.
 */
export function maxChunksUpIn(file: string, version: FluentBitVersion | undefined): number {
  const { service } = readFluentBitConfiguration(file, {
    environment: process.env,
    ...(version === undefined ? {} : { version }),
  });
  return service.maxChunksUp.value;
}
