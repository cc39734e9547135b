import type { FileSystem, FollowedFile } from "../platform/file-system.ts";
import { wholeCharacters } from "./line-batch.ts";
import {
  beginsWith,
  type Bookmark,
  emptyHead,
  type FileHead,
  grownHead,
  isFileOf,
} from "./tail-bookmark.ts";

const newline = 10;

/** What became of one read: there may be more, nothing is left now, or the lines found no taker. */
export type ReadResult = "more" | "end" | "refused";

/**
 * One file that is followed: the inode, not the name. It stays open, so that it can be read to its end when its name is
 * given to another file. Stands for `struct flb_tail_file`.
 */
export class TailFile {
  /** The path that leads to it now, or led to it before it was rotated away. */
  path: string;
  readonly identity: string;
  readonly born: number;
  /** Files that had the path before; they are read to their end first, and then forgotten. */
  predecessors: readonly TailFile[] = [];
  /** When no path led to it any more, in milliseconds since the epoch. */
  goneSince: number | undefined;
  /** True once nothing was left at the last look. */
  atEnd = false;
  /** When it was last seen growing. */
  grewAt: number;
  readonly #file: FollowedFile;
  readonly #bufferSize: number;
  #offset: number;
  #head: FileHead;
  #size = 0;

  /**
   * Opens the file that is at a path. With a bookmark that fits it goes on there.
   *
   * @throws Error if it cannot be opened.
   */
  constructor(
    fileSystem: FileSystem,
    path: string,
    from: {
      readonly now: number;
      readonly bufferSize: number;
      readonly mark: Bookmark | undefined;
    },
  ) {
    this.#file = fileSystem.follow(path);
    const facts = this.#file.look();
    const { mark } = from;
    const fits =
      mark !== undefined &&
      isFileOf(mark, facts) &&
      mark.offset <= facts.size &&
      beginsWith(this.#file, mark.head);
    this.path = path;
    this.identity = facts.identity;
    this.born = facts.born;
    this.grewAt = from.now;
    this.#bufferSize = from.bufferSize;
    this.#offset = fits ? mark.offset : 0;
    this.#head = fits ? mark.head : emptyHead;
  }

  get bookmark(): Bookmark {
    const { path, identity, born } = this;
    return { path, identity, born, offset: this.#offset, head: this.#head };
  }

  /**
   * Looks whether the file was cut or rewritten in its place since the last look; then it is read from its start.
   * Answers how, in words, or undefined.
   */
  rewound(now: number): string | undefined {
    const { size } = this.#file.look();
    if (size !== this.#size) this.grewAt = now;
    const unread = Math.max(0, this.#size - this.#offset);
    this.#size = size;
    const cut = size < this.#offset;
    if (!cut && beginsWith(this.#file, this.#head)) return undefined;
    const from = this.#offset;
    this.#offset = 0;
    this.#head = emptyHead;
    const lost = unread > 0 ? `, and at least ${unread} bytes after that are lost` : "";
    return `was ${cut ? "cut" : "rewritten"} after it had been read up to byte ${from}${lost}; it is read from its start`;
  }

  /** Reads once. `take` gets whole lines, and the answer is whether somebody has them now. */
  read(take: (lines: Uint8Array) => boolean): ReadResult {
    const bytes = this.#file.read(this.#offset, this.#bufferSize);
    const full = bytes.length === this.#bufferSize;
    const end = bytes.lastIndexOf(newline) + 1;
    const length = end > 0 ? end : full ? wholeCharacters(bytes) : 0;
    if (length > 0 && !this.#advance(bytes.subarray(0, length), take)) return "refused";
    return full ? "more" : "end";
  }

  /** Hands over what follows the last line end: nobody will write the rest of that line. */
  readRest(take: (lines: Uint8Array) => boolean): boolean {
    const bytes = this.#file.read(this.#offset, this.#bufferSize);
    return bytes.length === 0 || this.#advance(bytes, take);
  }

  close(): void {
    this.#file.close();
  }

  #advance(lines: Uint8Array, take: (lines: Uint8Array) => boolean): boolean {
    if (!take(lines)) return false;
    this.#head = grownHead(this.#head, this.#offset, lines);
    this.#offset += lines.length;
    return true;
  }
}
