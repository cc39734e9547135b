/** An open file, as Chunk I/O uses it: sized, mapped, written back. */
export interface OpenFile {
  /** Bytes in the file. */
  size(): number;
  /** Grows or shrinks the file; new bytes are zero. A map taken before is no longer valid. */
  resize(size: number): void;
  /** The whole file in memory. Changes reach the file by {@link writeBack}, as far as it is concerned. */
  map(): Uint8Array;
  /** Makes bytes [from, to) of a map visible in the file, as `MAP_SHARED` does at once. */
  writeBack(map: Uint8Array, from: number, to: number): void;
  /** Asks the operating system to put the file on the disk. */
  sync(): void;
  close(): void;
}

/** One entry of a folder. */
export interface DirectoryEntry {
  readonly name: string;
  readonly kind: "file" | "directory" | "other";
}

/**
 * The file operations that the engine needs. Every method throws an `Error` when the operation cannot
 * be done (no permission, disk full, no such file); callers turn it into Fluent Bit's return codes.
 */
export interface FileSystem {
  /** Opens for reading and writing; creates the file if it is not there. */
  open(path: string): OpenFile;
  /** Size in bytes, or undefined if there is no such file. */
  size(path: string): number | undefined;
  remove(path: string): void;
  /** Entries of a folder in the order of their names, so that a run does not depend on the disk. */
  list(path: string): DirectoryEntry[];
  /** Creates a folder and its parents; true if it was not there. */
  makeDirectory(path: string): boolean;
  /** At most `length` bytes from `offset`; fewer at the end of the file. */
  read(path: string, offset: number, length: number): Uint8Array;
  /** Adds bytes at the end of a file, which is created if needed. */
  append(path: string, bytes: Uint8Array): void;
  /** Replaces a small file as a whole: after a crash it is either the old or the new one. */
  replace(path: string, bytes: Uint8Array): void;
}
