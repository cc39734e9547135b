import type { FileSystem, FileFacts } from "../platform/file-system.ts";
import { beginsWith, type Bookmark, isFileOf } from "./tail-bookmark.ts";

/** A file beside a followed one. */
interface Sibling {
  readonly path: string;
  readonly facts: FileFacts;
}

const compressed = /\.(gz|bz2|xz|zst|lz4|Z)$/;

/** Where the file of a bookmark is now, if its directory still has it: under its path or under another name. */
export function locate(fileSystem: FileSystem, mark: Bookmark): string | undefined {
  const here = fileSystem.look(mark.path);
  if (here !== undefined && isFileOf(mark, here)) return mark.path;
  return siblingsOf(fileSystem, mark.path).find(({ facts }) => isFileOf(mark, facts))?.path;
}

/**
 * Files that had the path after the one of the bookmark and before the one that has it now, oldest first: rotated away
 * before anybody looked. They are named after the path (`app.log.1`, `app.log-20261127`), were made between the two, and
 * are no copies of either. Where the disk does not keep when a file was made, there are none.
 */
export function generationsBetween(
  fileSystem: FileSystem,
  old: Bookmark,
  current: FileFacts,
): readonly string[] {
  const base = baseName(old.path);
  const isNamedAfter = (name: string): boolean =>
    name.startsWith(base) && /^[.-]./.test(name.slice(base.length)) && !compressed.test(name);
  return siblingsOf(fileSystem, old.path)
    .filter(({ path }) => isNamedAfter(baseName(path)))
    .filter(({ facts }) => facts.kind === "file" && facts.identity !== old.identity)
    .filter(({ facts }) => facts.identity !== current.identity)
    .filter(
      ({ facts: { born, changed } }) => born > old.born && born <= current.born && born < changed,
    )
    .filter(({ path }) => old.head.length === 0 || !beginsLike(fileSystem, path, old))
    .sort((a, b) => a.facts.born - b.facts.born)
    .map(({ path }) => path);
}

function beginsLike(fileSystem: FileSystem, path: string, { head }: Bookmark): boolean {
  const file = fileSystem.follow(path);
  try {
    return beginsWith(file, head);
  } finally {
    file.close();
  }
}

function siblingsOf(fileSystem: FileSystem, path: string): readonly Sibling[] {
  const folder = path.slice(0, path.lastIndexOf("/")) || "/";
  return fileSystem
    .list(folder)
    .map(({ name }) => `${folder === "/" ? "" : folder}/${name}`)
    .flatMap((sibling) => {
      const facts = fileSystem.look(sibling);
      return facts === undefined ? [] : [{ path: sibling, facts }];
    });
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
