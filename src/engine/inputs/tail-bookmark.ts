import { crc32 } from "node:zlib";
import type { FileFacts, FileSystem, FollowedFile } from "../platform/file-system.ts";

/**
 * How a file begins: CRC32 of its first bytes. An inode number is given again after its file was removed, and a file can be
 * rewritten in its place; then the beginning is another.
 */
export interface FileHead {
  /** Bytes that count, 0 to 256. */
  readonly length: number;
  readonly crc: number;
}

/** How far a file was read. */
export interface Bookmark {
  /** The path that led to it. */
  readonly path: string;
  /** {@link FileFacts.identity}; undefined in a db of former versions, which knew one offset. */
  readonly identity: string | undefined;
  /** {@link FileFacts.born}. */
  readonly born: number;
  /** Bytes. */
  readonly offset: number;
  readonly head: FileHead;
}

const longestHead = 256;

/** Nothing was read yet. */
export const emptyHead: FileHead = { length: 0, crc: 0 };

/** The head after `bytes` were read that lie at `offset`. */
export function grownHead(head: FileHead, offset: number, bytes: Uint8Array): FileHead {
  if (head.length !== offset || head.length >= longestHead) return head;
  const more = bytes.subarray(0, longestHead - head.length);
  return { length: head.length + more.length, crc: crc32(more, head.crc) };
}

/** True if the file still begins as it did. */
export function beginsWith(file: FollowedFile, head: FileHead): boolean {
  return head.length === 0 || crc32(file.read(0, head.length)) === head.crc;
}

/**
 * True if these are the facts of the file of a bookmark. The inode number alone does not tell: it is given again after a
 * file was removed. The device may have another number after a restart of the machine.
 */
export function isFileOf({ identity, born }: Bookmark, facts: FileFacts): boolean {
  if (facts.kind !== "file") return false;
  if (identity === undefined) return true;
  const keepsBirth = facts.born < facts.changed;
  return inodeOf(identity) === inodeOf(facts.identity) && (!keepsBirth || facts.born === born);
}

function inodeOf(identity: string): string {
  return identity.slice(identity.indexOf(":") + 1);
}

/** What a db says; `damaged` if it is none. */
interface Bookmarks {
  readonly marks: readonly Bookmark[];
  readonly damaged: boolean;
}

/**
 * Reads a db. One of a former version is a number, the offset in the file that leads the `paths`.
 *
 * @throws Error if it is there and cannot be read.
 */
export function readBookmarks(
  fileSystem: FileSystem,
  db: string,
  paths: readonly string[],
): Bookmarks {
  const size = fileSystem.size(db);
  if (size === undefined) return { marks: [], damaged: false };
  const text = new TextDecoder().decode(fileSystem.read(db, 0, size));
  if (/^\d+$/.test(text)) {
    const [path] = paths;
    const old = { identity: undefined, born: 0, offset: Number(text), head: emptyHead };
    return { marks: path === undefined ? [] : [{ path, ...old }], damaged: false };
  }
  const marks = parseBookmarks(text);
  return marks === undefined ? { marks: [], damaged: true } : { marks, damaged: false };
}

/** A db as it is written: JSON. */
export function formatBookmarks(files: readonly Bookmark[]): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ tail: 1, files })}\n`);
}

function parseBookmarks(text: string): readonly Bookmark[] | undefined {
  try {
    const db: unknown = JSON.parse(text);
    if (!isObject(db) || db["tail"] !== 1 || !Array.isArray(db["files"])) return undefined;
    const files: readonly unknown[] = db["files"];
    const marks = files.map(toBookmark);
    return marks.every((mark) => mark !== undefined) ? marks : undefined;
  } catch {
    return undefined;
  }
}

function toBookmark(value: unknown): Bookmark | undefined {
  if (!isObject(value) || !isObject(value["head"])) return undefined;
  const { path, identity, born, offset, head } = value;
  const { length, crc } = head;
  if (typeof path !== "string" || (identity !== undefined && typeof identity !== "string")) {
    return undefined;
  }
  if (!isCount(offset) || !isCount(length) || !isCount(crc) || typeof born !== "number") {
    return undefined;
  }
  return { path, identity, born, offset, head: { length, crc } };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
