import {
  appendFileSync,
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
  writeFileSync,
  writeSync,
} from "node:fs";
import type { DirectoryEntry, FileSystem, OpenFile } from "./file-system.ts";

/** Real files. Node cannot map a file, so a map is a copy and `writeBack` writes through. */
export const nodeFileSystem: FileSystem = {
  open: (path) => openFile(openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)),
  size: (path) => statSync(path, { throwIfNoEntry: false })?.size,
  remove: (path) => {
    rmSync(path);
  },
  list: (path) =>
    readdirSync(path, { withFileTypes: true })
      .map((entry): DirectoryEntry => ({
        name: entry.name,
        kind: entry.isFile() ? "file" : entry.isDirectory() ? "directory" : "other",
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
    appendFileSync(path, bytes);
  },
  replace: (path, bytes) => {
    const temporary = `${path}.tmp`;
    writeFileSync(temporary, bytes, { mode: 0o600 });
    renameSync(temporary, path);
  },
};

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
