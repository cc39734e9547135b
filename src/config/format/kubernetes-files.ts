import { ConfigurationError } from "../configuration-error.ts";
import {
  containedFile,
  entryOf,
  textOf,
  type ContainedFile,
  type ContainedFiles,
} from "./contained-file.ts";
import type { YamlNode } from "./yaml-node.ts";

const MAIN_NAMES = ["fluent-bit.yaml", "fluent-bit.yml", "fluent-bit.conf", "fluentbit.conf"];

/** Whether a text looks like a whole configuration. */
function isWhole(text: string): boolean {
  return (
    /^\s*pipeline\s*:/mu.test(text) || (/^\[INPUT\]/imu.test(text) && /^\[OUTPUT\]/imu.test(text))
  );
}

function withoutBase64(file: ContainedFile): ContainedFile {
  return { ...file, text: Buffer.from(file.text, "base64").toString("utf8") };
}

function filesOf(node: YamlNode | undefined): readonly ContainedFile[] {
  return node?.kind === "map"
    ? node.entries.flatMap(({ key, value }) => containedFile(key, value) ?? [])
    : [];
}

/** The files of a ConfigMap or a Secret; undefined for anything else. */
function filesWithin(object: YamlNode): readonly ContainedFile[] | undefined {
  const kind = textOf(object, "kind");
  if (kind === "ConfigMap") {
    return [
      ...filesOf(entryOf(object, "data")),
      ...filesOf(entryOf(object, "binaryData")).map(withoutBase64),
    ];
  }
  if (kind === "Secret") {
    return [
      ...filesOf(entryOf(object, "data")).map(withoutBase64),
      ...filesOf(entryOf(object, "stringData")),
    ];
  }
  return undefined;
}

/** The file that Fluent Bit is given: by its name, or else the only one that is a whole. */
function mainOf(files: readonly ContainedFile[]): string | undefined {
  const names = files.map(({ name }) => name);
  const whole = files.filter(({ name, text }) => /\.(?:conf|ya?ml)$/u.test(name) && isWhole(text));
  return (
    MAIN_NAMES.find((name) => names.includes(name)) ??
    (whole.length === 1 ? whole[0]?.name : undefined)
  );
}

/** The objects of a document: one, or the items of a list (`List`, `ClusterInputList`). */
function objectsOf(document: YamlNode): readonly YamlNode[] {
  const items = entryOf(document, "items");
  const isList = textOf(document, "kind")?.endsWith("List") === true;
  return isList && items?.kind === "list" ? items.items : [document];
}

/** The objects of Kubernetes in some documents. */
export function kubernetesObjects(documents: readonly YamlNode[]): readonly YamlNode[] {
  return documents
    .flatMap(objectsOf)
    .filter((one) => textOf(one, "kind") !== undefined && textOf(one, "apiVersion") !== undefined);
}

/**
 * The files of the ConfigMaps and Secrets among some objects of Kubernetes; all of them count as one folder.
 *
 * @returns undefined if these are no objects of Kubernetes
 * @throws ConfigurationError if none of them has a configuration
 */
export function findKubernetesFiles(
  file: string,
  objects: readonly YamlNode[],
): ContainedFiles | undefined {
  if (objects.length === 0) return undefined;
  const folders = objects.flatMap((object) => {
    const files = filesWithin(object);
    return files === undefined ? [] : [files];
  });
  const withMain = folders.find((files) => mainOf(files) !== undefined);
  const files = [
    ...(withMain ?? []),
    ...folders.filter((one) => one !== withMain).flatMap((one) => one),
  ];
  const main = withMain === undefined ? undefined : mainOf(withMain);
  if (main !== undefined) return { main, files, notes: [] };
  const kinds = [...new Set(objects.map((one) => textOf(one, "kind") ?? ""))].join(", ");
  throw new ConfigurationError(
    { file },
    folders.length > 0
      ? `this is a Kubernetes ${kinds} without a fluent-bit.conf or fluent-bit.yaml among its keys (${files.map(({ name }) => name).join(", ") || "none"}).`
      : `this is a Kubernetes ${kinds}, not a configuration; expected a ConfigMap or a Secret with fluent-bit.conf. Write out what Fluent Bit gets: kubectl get configmap NAME -o yaml > configmap.yaml`,
  );
}
