import { basename, isAbsolute, posix } from "node:path";
import type { ConfigurationWarning } from "../configuration-warning.ts";
import type { ConfigurationFormat } from "./configuration-format.ts";
import type { ConfigurationFiles } from "./configuration-files.ts";
import type { ContainedFile } from "./contained-file.ts";
import { findHelmValues } from "./helm-values.ts";
import { findKubernetesFiles, kubernetesObjects } from "./kubernetes-files.ts";
import { readOperatorResources } from "./operator-resources.ts";
import { parseYaml } from "./yaml-node.ts";

/** A configuration within a file: as a folder of its own, `configmap.yaml/fluent-bit.conf`, or as resources of the operator. */
type Container = ContainedFolder | { readonly format: ConfigurationFormat };

interface ContainedFolder {
  readonly mainFile: string;
  readonly files: ConfigurationFiles;
  readonly notes: readonly ConfigurationWarning[];
}

/**
 * The file system with the files within a file on top. Lines are counted as in the outer file. A path that a pod would
 * have, such as `/fluent-bit/etc/input.conf`, is looked for by its last part.
 */
function overlay(
  folder: string,
  contained: readonly ContainedFile[],
  files: ConfigurationFiles,
): ConfigurationFiles {
  const inside = new Map(contained.map((file) => [posix.join(folder, file.name), file]));
  const find = (path: string): ContainedFile | undefined =>
    inside.get(path) ??
    (isAbsolute(path) ? inside.get(posix.join(folder, basename(path))) : undefined);
  return {
    read(path) {
      const found = find(path);
      if (found !== undefined) return { text: `${"\n".repeat(found.line - 1)}${found.text}` };
      return {
        problem: `there is no such file within ${folder}, which has ${contained.map(({ name }) => name).join(", ")}`,
      };
    },
    list: (path) => (path === folder ? contained.map(({ name }) => name) : files.list(path)),
    realPath: (path) => (find(path) === undefined ? files.realPath(path) : path),
  };
}

/**
 * Looks for a configuration within a YAML or JSON file.
 *
 * @returns undefined for a file that is a configuration itself
 * @throws ConfigurationError if the file is one of Kubernetes, but has no configuration within.
 */
export function openContainer(mainFile: string, files: ConfigurationFiles): Container | undefined {
  if (!/\.(?:ya?ml|json)$/iu.test(mainFile)) return undefined;
  const content = files.read(mainFile);
  if (content.problem !== undefined || content.text.includes("\0")) return undefined;
  const documents = parseYaml(mainFile, content.text);
  const objects = kubernetesObjects(documents);
  const format = readOperatorResources(mainFile, objects);
  if (format !== undefined) return { format };
  const found = findKubernetesFiles(mainFile, objects) ?? findHelmValues(mainFile, documents);
  if (found === undefined) return undefined;
  return {
    mainFile: posix.join(mainFile, found.main),
    files: overlay(posix.normalize(mainFile), found.files, files),
    notes: found.notes,
  };
}
