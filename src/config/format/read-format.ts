import type { ConfigurationFiles } from "./configuration-files.ts";
import { readClassicFormat } from "./classic-format.ts";
import type { ConfigurationFormat } from "./configuration-format.ts";
import { readYamlFormat } from "./yaml-format.ts";

/**
 * Reads a configuration in the format that its name says: `.yaml` and `.yml` are YAML, everything
 * else is classic (`flb_config_format.c::flb_cf_create_from_file`).
 *
 * @throws ConfigurationError for anything that Fluent Bit refuses.
 */
export function readConfigurationFormat(
  mainFile: string,
  files: ConfigurationFiles,
): ConfigurationFormat {
  return /\.ya?ml$/iu.test(mainFile)
    ? readYamlFormat(mainFile, files)
    : readClassicFormat(mainFile, files);
}
