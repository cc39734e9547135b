import { ConfigurationError } from "../configuration-error.ts";
import { emptyConfigurationFormat, type ConfigurationFormat } from "./configuration-format.ts";
import { entryOf, textOf } from "./contained-file.ts";
import { selects } from "./label-selector.ts";
import {
  commonSettings,
  nullOutput,
  operatorPlugins,
  operatorSettings,
} from "./operator-plugin.ts";
import type { Section } from "./section.ts";
import type { YamlNode } from "./yaml-node.ts";

const API = "fluentbit.fluent.io/";

/** What the operator renders a configuration from; parsers are read, and change no verdict. */
const CLUSTER_KINDS = { input: "ClusterInput", filter: "ClusterFilter", output: "ClusterOutput" };
const CONFIG = "ClusterFluentBitConfig";
/** Their tags are rewritten by a hash of the namespace, and only the operator knows what is selected. */
const NAMESPACED: ReadonlySet<string> = new Set(["FluentBitConfig", "Input", "Filter", "Output"]);

const nameOf = (resource: YamlNode): string => textOf(entryOf(resource, "metadata"), "name") ?? "";

/** The order in which the operator writes them: by `ordinal` where they have one, then by name. */
function inOrder(resources: readonly YamlNode[]): readonly YamlNode[] {
  const ordinal = (one: YamlNode): number => Number(textOf(entryOf(one, "spec"), "ordinal") ?? 0);
  return resources.toSorted(
    (one, other) =>
      ordinal(one) - ordinal(other) ||
      (nameOf(one) < nameOf(other) ? -1 : nameOf(one) > nameOf(other) ? 1 : 0),
  );
}

function filtersOf(spec: YamlNode): readonly Section[] {
  const items = entryOf(spec, "filters");
  const common = commonSettings(spec);
  return items?.kind === "list"
    ? items.items.flatMap((item) => operatorPlugins("filter", item, common))
    : [];
}

/** The one configuration that is meant: the only one, or that which a `FluentBit` names. */
function configOf(
  file: string,
  ofKind: (kind: string) => readonly YamlNode[],
): YamlNode | undefined {
  const configs = ofKind(CONFIG);
  const [only, ...more] = configs;
  if (more.length === 0) return only;
  const asked = ofKind("FluentBit").flatMap(
    (one) => textOf(entryOf(one, "spec"), "fluentBitConfigName") ?? [],
  );
  const named = configs.filter((one) => asked.includes(nameOf(one)));
  const [found, ...others] = named;
  if (found !== undefined && others.length === 0) return found;
  throw new ConfigurationError(
    { file },
    `there are ${configs.length} resources of kind ${CONFIG} (${configs.map(nameOf).join(", ")}), and no FluentBit that names one of them by fluentBitConfigName; leave one.`,
  );
}

/**
 * The configuration that the Fluent operator makes of its resources (`ClusterFluentBitConfig`, `ClusterInput`,
 * `ClusterFilter`, `ClusterOutput`): service, then inputs, filters and outputs that are selected, by name. Lines are those
 * of the resources.
 *
 * @returns undefined if there are no such resources among the objects
 * @throws ConfigurationError if there are resources of a namespace, or several configurations
 */
export function readOperatorResources(
  file: string,
  objects: readonly YamlNode[],
): ConfigurationFormat | undefined {
  const resources = objects.filter((one) => textOf(one, "apiVersion")?.startsWith(API) === true);
  const kinds = new Set(resources.map((one) => textOf(one, "kind")));
  if (![CONFIG, ...Object.values(CLUSTER_KINDS), ...NAMESPACED].some((kind) => kinds.has(kind))) {
    return undefined;
  }
  const ofKind = (kind: string): readonly YamlNode[] =>
    resources.filter((one) => textOf(one, "kind") === kind);
  const namespaced = resources.find((one) => NAMESPACED.has(textOf(one, "kind") ?? ""));
  if (namespaced !== undefined) {
    throw new ConfigurationError(
      namespaced.position,
      `a ${textOf(namespaced, "kind") ?? ""} belongs to a namespace, and the operator rewrites its tags. Write out what it made: kubectl get secret fluent-bit-config -o yaml > secret.yaml`,
    );
  }
  const config = configOf(file, ofKind);
  const spec = entryOf(config, "spec");
  const format = emptyConfigurationFormat("classic");
  format.files.push(file);
  const service = entryOf(spec, "service");
  if (service !== undefined) {
    const properties = [...operatorSettings(service)];
    format.sections.push({
      type: "service",
      name: "service",
      position: service.position,
      properties,
    });
  }
  const selected = (type: keyof typeof CLUSTER_KINDS): readonly YamlNode[] =>
    inOrder(ofKind(CLUSTER_KINDS[type]))
      .filter((one) => selects(entryOf(spec, `${type}Selector`), one))
      .flatMap((one) => entryOf(one, "spec") ?? []);
  const inputs = selected("input").flatMap((one) => operatorPlugins("input", one));
  const outputs = selected("output").flatMap((one) => operatorPlugins("output", one));
  const [first] = inputs;
  const left = first !== undefined && outputs.length === 0 ? [nullOutput(first.position)] : outputs;
  format.sections.push(...inputs, ...selected("filter").flatMap(filtersOf), ...left);
  if (config === undefined) {
    format.notes.push({
      message: `there is no ${CONFIG}: every input, filter and output is taken, and the service has its defaults.`,
      position: undefined,
    });
  }
  if (left !== outputs) {
    format.notes.push({
      message: "no output is selected; the operator adds one of the plugin null.",
      position: undefined,
    });
  }
  return format;
}
