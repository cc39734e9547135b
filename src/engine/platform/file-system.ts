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

/** What a path leads to. */
export interface FileFacts {
  readonly kind: DirectoryEntry["kind"];
  /** The same for two paths that lead to one file, and for one file under its old and its new name (device and inode). */
  readonly identity: string;
  /** Bytes. */
  readonly size: number;
  /** When the file was made, in milliseconds since the epoch; some disks say {@link changed} here. */
  readonly born: number;
  /** When its content, its name or its rights were changed last, in milliseconds since the epoch. */
  readonly changed: number;
}

/** A file that is followed: it stays readable when its name is given to another file, or to none. */
export interface FollowedFile {
  /** The facts as they are now. */
  look(): FileFacts;
  /** At most `length` bytes from `offset`; fewer at the end of the file. */
  read(offset: number, length: number): Uint8Array;
  close(): void;
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
  /** What the path leads to, through links; undefined if there is nothing. */
  look(path: string): FileFacts | undefined;
  /** Opens what is there for reading. It never waits, as opening a FIFO would. */
  follow(path: string): FollowedFile;
  remove(path: string): void;
  /** Gives a file another name, in the same file system; what had that name is gone. */
  rename(from: string, to: string): void;
  /** Entries of a folder in the order of their names, so that a run does not depend on the disk. */
  list(path: string): DirectoryEntry[];
  /** Creates a folder and its parents; true if it was not there. */
  makeDirectory(path: string): boolean;
  /** At most `length` bytes from `offset`; fewer at the end of the file. */
  read(path: string, offset: number, length: number): Uint8Array;
  /** Adds bytes at the end of a file, which is created if needed: all of them, or none if it throws. */
  append(path: string, bytes: Uint8Array): void;
  /** Replaces a file as a whole: after a crash, or if it throws, it is either the old or the new one. */
  replace(path: string, bytes: Uint8Array): void;
}
