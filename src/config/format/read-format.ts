import type { ConfigurationFiles } from "./configuration-files.ts";
import { readClassicFormat } from "./classic-format.ts";
import type { ConfigurationFormat } from "./configuration-format.ts";
import { openContainer } from "./container.ts";
import { readYamlFormat } from "./yaml-format.ts";

/** `.yaml` and `.yml` are YAML, everything else is classic (`flb_config_format.c::flb_cf_create_from_file`). */
function readByName(mainFile: string, files: ConfigurationFiles): ConfigurationFormat {
  return /\.ya?ml$/iu.test(mainFile)
    ? readYamlFormat(mainFile, files)
    : readClassicFormat(mainFile, files);
}

/**
 * Reads a configuration in the format that its name says. A Kubernetes ConfigMap or Secret, and
 * values of the Helm chart, have its files within; resources of the Fluent operator are one.
 *
 * @throws ConfigurationError for anything that Fluent Bit refuses.
 */
export function readConfigurationFormat(
  mainFile: string,
  files: ConfigurationFiles,
): ConfigurationFormat {
  const container = openContainer(mainFile, files);
  if (container === undefined) return readByName(mainFile, files);
  if ("format" in container) return container.format;
  const format = readByName(container.mainFile, container.files);
  format.notes.push(...container.notes);
  return format;
}
