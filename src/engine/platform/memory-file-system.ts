import type {
  DirectoryEntry,
  FileFacts,
  FileSystem,
  FollowedFile,
  OpenFile,
} from "./file-system.ts";

interface MemoryFile {
  readonly identity: string;
  /** Which file it is of all that were made: there is no time here. */
  readonly born: number;
  storage: Uint8Array;
  size: number;
}

/**
 * Files that live in memory: what a simulation writes to. A map shares the file's own bytes, so that
 * putting a chunk up and down costs nothing.
 */
export class MemoryFileSystem implements FileSystem {
  readonly #files = new Map<string, MemoryFile>();
  readonly #directories = new Map<string, Map<string, DirectoryEntry["kind"]>>();
  #made = 0;

  open(path: string): OpenFile {
    let file = this.#files.get(path);
    if (file === undefined) {
      this.#made += 1;
      file = {
        identity: `memory:${this.#made}`,
        born: this.#made,
        storage: new Uint8Array(0),
        size: 0,
      };
      this.#files.set(path, file);
      this.#parentOf(path).set(baseName(path), "file");
    }
    return openFile(file);
  }

  size(path: string): number | undefined {
    return this.#files.get(path)?.size;
  }

  look(path: string): FileFacts | undefined {
    const file = this.#files.get(path);
    if (file !== undefined) return factsOf(file);
    if (!this.#directories.has(path)) return undefined;
    return { kind: "directory", identity: path, size: 0, born: 0, changed: 0 };
  }

  follow(path: string): FollowedFile {
    const file = this.#files.get(path);
    if (file === undefined) throw noSuchFile(path);
    return {
      look: () => factsOf(file),
      read: (offset, length) => bytesOf(file, offset, length),
      close: () => undefined,
    };
  }

  rename(from: string, to: string): void {
    const file = this.#files.get(from);
    if (file === undefined) throw noSuchFile(from);
    this.#parentOf(to).set(baseName(to), "file");
    this.#parentOf(from).delete(baseName(from));
    this.#files.delete(from);
    this.#files.set(to, file);
  }

  remove(path: string): void {
    if (!this.#files.delete(path)) throw noSuchFile(path);
    this.#parentOf(path).delete(baseName(path));
  }

  list(path: string): DirectoryEntry[] {
    const entries = this.#directories.get(path);
    if (entries === undefined) throw noSuchFile(path);
    return [...entries]
      .map(([name, kind]) => ({ name, kind }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  }

  makeDirectory(path: string): boolean {
    if (this.#directories.has(path)) return false;
    this.#directories.set(path, new Map());
    const parent = directoryName(path);
    if (parent !== path) {
      this.makeDirectory(parent);
      this.#directories.get(parent)?.set(baseName(path), "directory");
    }
    return true;
  }

  read(path: string, offset: number, length: number): Uint8Array {
    const file = this.#files.get(path);
    if (file === undefined) throw noSuchFile(path);
    return bytesOf(file, offset, length);
  }

  append(path: string, bytes: Uint8Array): void {
    const file = this.open(path);
    const end = file.size();
    file.resize(end + bytes.length);
    file.map().set(bytes, end);
  }

  replace(path: string, bytes: Uint8Array): void {
    const file = this.open(path);
    file.resize(bytes.length);
    file.map().set(bytes);
  }

  #parentOf(path: string): Map<string, DirectoryEntry["kind"]> {
    const parent = this.#directories.get(directoryName(path));
    if (parent === undefined) throw noSuchFile(path);
    return parent;
  }
}

function factsOf({ identity, born, size }: MemoryFile): FileFacts {
  return { kind: "file", identity, size, born, changed: born + 1 };
}

function bytesOf(file: MemoryFile, offset: number, length: number): Uint8Array {
  return file.storage.slice(offset, Math.max(offset, Math.min(offset + length, file.size)));
}

function openFile(file: MemoryFile): OpenFile {
  return {
    size: () => file.size,
    resize: (size) => {
      if (size > file.storage.length) {
        const larger = new Uint8Array(Math.max(size, 2 * file.storage.length));
        larger.set(file.storage.subarray(0, file.size));
        file.storage = larger;
      } else if (size < file.size) {
        file.storage.fill(0, size, file.size);
      }
      file.size = size;
    },
    map: () => file.storage.subarray(0, file.size),
    writeBack: (map, from, to) => {
      if (map.buffer !== file.storage.buffer) file.storage.set(map.subarray(from, to), from);
    },
    sync: () => undefined,
    close: () => undefined,
  };
}

function directoryName(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? path.slice(0, slash + 1) : path.slice(0, slash);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function noSuchFile(path: string): Error {
  return new Error(`ENOENT: no such file or directory '${path}'`);
}
