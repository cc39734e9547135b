import { posix } from "node:path";
import type { ConfigurationFiles } from "../../src/config/format/configuration-files.ts";

/** A file system of the given texts, by absolute path. */
export function inMemoryFiles(texts: Readonly<Record<string, string>>): ConfigurationFiles {
  const files = new Map(Object.entries(texts));
  const folders = new Map<string, Set<string>>();
  for (const path of files.keys()) {
    for (let child = path; child !== "/"; child = posix.dirname(child)) {
      const folder = posix.dirname(child);
      folders.set(folder, (folders.get(folder) ?? new Set()).add(posix.basename(child)));
    }
  }
  return {
    read(path) {
      const text = files.get(posix.normalize(path));
      return text === undefined ? { problem: "there is no such file" } : { text };
    },
    list: (folder) => [...(folders.get(posix.normalize(folder)) ?? [])],
    realPath(path) {
      const normal = posix.normalize(path);
      return files.has(normal) || folders.has(normal) ? normal : undefined;
    },
  };
}
