import { ConfigurationError } from "./configuration-error.ts";
import { collectWarnings, type Warn } from "./configuration-warning.ts";
import { createEmitters, createsEmitter } from "./emitter.ts";
import { engineOfVersion, featureSince, hasFeature } from "./engine-features.ts";
import { readFilter } from "./filter-instance.ts";
import type { FluentBitConfiguration } from "./fluent-bit-configuration.ts";
import { nodeConfigurationFiles, type ConfigurationFiles } from "./format/configuration-files.ts";
import type { ConfigurationFormat } from "./format/configuration-format.ts";
import { readConfigurationFormat } from "./format/read-format.ts";
import type { Section, SectionType } from "./format/section.ts";
import { readInput, type InputInstance } from "./input-instance.ts";
import { warnOfInlineComments } from "./inline-comment.ts";
import { inputRoutes } from "./input-routes.ts";
import { warnOfMisplacedSettings } from "./misplaced-setting.ts";
import { readOutput } from "./output-instance.ts";
import { readService, type ServiceSettings } from "./service.ts";
import { settingsInUse } from "./settings/setting-in-use.ts";
import type { SettingsContext } from "./settings-context.ts";
import { trafficOf } from "./traffic.ts";
import { warnOfUnknownSections } from "./unknown-section.ts";
import { createTranslation, translateSection, type Environment } from "./values/variables.ts";
import { NEWEST_KNOWN_VERSION, type FluentBitVersion } from "./version.ts";

/** What a configuration is read with. */
export interface ReadOptions {
  /** The version of Fluent Bit; the newest known one by default. */
  readonly version?: FluentBitVersion;
  /** The environment for `${NAME}`, such as `process.env`; empty by default. */
  readonly environment?: Environment;
  /** The storage path that Fluent Bit is given on its command line, if it is. */
  readonly storagePath?: string;
  /** The file system; the real one by default. */
  readonly files?: ConfigurationFiles;
}

function warnOfFormat(
  { format }: ConfigurationFormat,
  file: string,
  context: SettingsContext,
): void {
  if (format === "yaml" && !hasFeature(context.version, "yamlFormat")) {
    context.warn(`YAML configurations exist since v${featureSince("yamlFormat")}.`, {
      file,
      line: 1,
    });
  }
}

function requireSections(sections: readonly Section[], type: SectionType, file: string): void {
  if (sections.length === 0) {
    const name = type === "input" ? "an input" : "an output";
    throw new ConfigurationError(
      { file },
      `expected ${name}, an [${type.toUpperCase()}] section or an item of '${type}s', found none. A part that something else includes, or adds to, is judged only as a whole.`,
    );
  }
}

/** Says once that the storage path must come from somewhere else. */
function warnOfMissingPath(
  { storagePath }: ServiceSettings,
  inputs: readonly InputInstance[],
  warn: Warn,
): void {
  const first = inputs.find(({ storageType }) => storageType.value === "filesystem");
  if (first !== undefined && storagePath.value === undefined) {
    warn(
      "storage.path is not set here; Fluent Bit starts only if its command line gives it (-b or --storage_path). --storage-path PATH says so here.",
      first.storageType.position,
    );
  }
}

function translateSections(
  format: ConfigurationFormat,
  environment: Environment,
  context: SettingsContext,
): readonly Section[] {
  const translate = createTranslation(format.variables, environment, context);
  return format.sections.map((section) => translateSection(section, translate));
}

/**
 * Reads a Fluent Bit configuration, classic or YAML by the file's name, with everything that it
 * includes, as the given version of Fluent Bit would.
 *
 * @throws ConfigurationError, and nothing else, if a file is missing or bad, or if Fluent Bit would
 * refuse it. What Fluent Bit accepts but ignores is among the `warnings` of the result.
 */
export function readFluentBitConfiguration(
  file: string,
  options: ReadOptions = {},
): FluentBitConfiguration {
  const {
    version = NEWEST_KNOWN_VERSION,
    environment = {},
    files = nodeConfigurationFiles,
  } = options;
  const { warnings, warn } = collectWarnings();
  const context: SettingsContext = { version, warn };
  const format = readConfigurationFormat(file, files);
  const sections = translateSections(format, environment, context);
  const ofType = (type: SectionType): readonly Section[] =>
    sections.filter((section) => section.type === type);

  format.notes.forEach(({ message, position }) => {
    warn(message, position);
  });
  warnOfFormat(format, file, context);
  warnOfUnknownSections(format, warn);
  for (const section of sections) {
    warnOfMisplacedSettings(section, warn);
    if (format.format === "classic") warnOfInlineComments(section, warn);
  }
  requireSections(ofType("input"), "input", file);
  requireSections(ofType("output"), "output", file);

  const service = readService(ofType("service"), options.storagePath, context);
  const declared = ofType("input").map((section, index) =>
    readInput(section, index, service, context),
  );
  const filters = ofType("filter").map(readFilter);
  const backlog = service.storagePath.value === undefined ? 0 : 1;
  const inputCount = declared.length + backlog + filters.filter(createsEmitter).length;
  const routedNames = new Set(
    declared.flatMap(({ directRoutes }) =>
      directRoutes.flatMap((route) => route.outputs.map(({ name }) => name)),
    ),
  );
  const outputs = ofType("output").map((section, index, { length }) =>
    readOutput(
      section,
      { index, takesEverything: length === 1 && inputCount === 1, routedNames },
      context,
    ),
  );
  const emitters = createEmitters(filters, declared, declared.length + backlog, context);
  const inputs = [...declared, ...emitters].map((input) => ({
    ...input,
    routes: inputRoutes(input, outputs, context),
  }));
  warnOfMissingPath(service, inputs, warn);
  const filesystem = trafficOf("filesystem", inputs, outputs);
  const engine = engineOfVersion(version);
  return {
    file,
    format: format.format,
    files: format.files,
    version,
    engine,
    service,
    inputs,
    outputs,
    filesystem,
    memory: trafficOf("memory", inputs, outputs),
    settings: settingsInUse({
      sections,
      inputs,
      outputs: filesystem.outputs,
      version,
      versionIsNotKnown: engine.newerThanKnown,
    }),
    warnings,
  };
}
