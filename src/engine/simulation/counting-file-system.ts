import type { FileSystem, OpenFile } from "../platform/file-system.ts";

/**
 * A file system that counts loads: how often a file with something in it was mapped, which is what bringing a
 * chunk up from disk costs. A file that has just been created is no load.
 */
export class CountingFileSystem implements FileSystem {
  readonly #files: FileSystem;
  /** Loads so far. */
  loads = 0;

  constructor(files: FileSystem) {
    this.#files = files;
  }

  open(path: string): OpenFile {
    if ((this.#files.size(path) ?? 0) > 0) this.loads += 1;
    return this.#files.open(path);
  }

  size(path: string): number | undefined {
    return this.#files.size(path);
  }

  look(path: string): ReturnType<FileSystem["look"]> {
    return this.#files.look(path);
  }

  follow(path: string): ReturnType<FileSystem["follow"]> {
    return this.#files.follow(path);
  }

  remove(path: string): void {
    this.#files.remove(path);
  }

  rename(from: string, to: string): void {
    this.#files.rename(from, to);
  }

  list(path: string): ReturnType<FileSystem["list"]> {
    return this.#files.list(path);
  }

  makeDirectory(path: string): boolean {
    return this.#files.makeDirectory(path);
  }

  read(path: string, offset: number, length: number): Uint8Array {
    return this.#files.read(path, offset, length);
  }

  append(path: string, bytes: Uint8Array): void {
    this.#files.append(path, bytes);
  }

  replace(path: string, bytes: Uint8Array): void {
    this.#files.replace(path, bytes);
  }
}
