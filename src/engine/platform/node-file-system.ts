import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  type BigIntStats,
  writeFileSync,
  writeSync,
} from "node:fs";
import type {
  DirectoryEntry,
  FileFacts,
  FileSystem,
  FollowedFile,
  OpenFile,
} from "./file-system.ts";

/** Real files. Node cannot map a file, so a map is a copy and `writeBack` writes through. */
export const nodeFileSystem: FileSystem = {
  open: (path) => openFile(openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)),
  size: (path) => statSync(path, { throwIfNoEntry: false })?.size,
  look: (path) => {
    const found = statSync(path, { throwIfNoEntry: false, bigint: true });
    return found === undefined ? undefined : factsOf(found);
  },
  follow: (path) => followedFile(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)),
  remove: (path) => {
    rmSync(path);
  },
  rename: (from, to) => {
    renameSync(from, to);
  },
  list: (path) =>
    readdirSync(path, { withFileTypes: true })
      .map((entry): DirectoryEntry => ({
        name: entry.name,
        kind: kindOf(entry),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
  makeDirectory: (path) => mkdirSync(path, { recursive: true }) !== undefined,
  read: (path, offset, length) => {
    const fd = openSync(path, constants.O_RDONLY);
    try {
      return readFully(fd, offset, length);
    } finally {
      closeSync(fd);
    }
  },
  append: (path, bytes) => {
    const fd = openSync(path, "a");
    try {
      appendWhole(fd, bytes);
    } finally {
      closeSync(fd);
    }
  },
  replace: (path, bytes) => {
    const temporary = `${path}.tmp`;
    try {
      writeFileSync(temporary, bytes, { mode: 0o600 });
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  },
};

/** A disk that fills up in the middle of a write must not leave half of it. */
function appendWhole(fd: number, bytes: Uint8Array): void {
  const facts = fstatSync(fd);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(fd, bytes, written);
  } catch (error) {
    if (facts.isFile()) ftruncateSync(fd, facts.size);
    throw error;
  }
}

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): DirectoryEntry["kind"] {
  return entry.isFile() ? "file" : entry.isDirectory() ? "directory" : "other";
}

function factsOf(found: BigIntStats): FileFacts {
  return {
    kind: kindOf(found),
    identity: `${found.dev}:${found.ino}`,
    size: Number(found.size),
    born: Number(found.birthtimeNs) / 1e6,
    changed: Number(found.ctimeNs) / 1e6,
  };
}

function followedFile(fd: number): FollowedFile {
  return {
    look: () => factsOf(fstatSync(fd, { bigint: true })),
    read: (offset, length) => readFully(fd, offset, length),
    close: () => {
      closeSync(fd);
    },
  };
}

function openFile(fd: number): OpenFile {
  return {
    size: () => fstatSync(fd).size,
    resize: (size) => {
      ftruncateSync(fd, size);
    },
    map: () => {
      const size = fstatSync(fd).size;
      const bytes = new Uint8Array(size);
      bytes.set(readFully(fd, 0, size));
      return bytes;
    },
    writeBack: (map, from, to) => {
      let position = from;
      while (position < to) position += writeSync(fd, map, position, to - position, position);
    },
    sync: () => {
      fdatasyncSync(fd);
    },
    close: () => {
      closeSync(fd);
    },
  };
}

function readFully(fd: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(fd, bytes, filled, length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}
