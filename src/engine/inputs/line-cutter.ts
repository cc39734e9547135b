import { wholeCharacters } from "./line-batch.ts";

const newline = 10;

/**
 * Cuts a stream of bytes into pieces of whole lines. A line that is longer than the limit is cut between two characters,
 * so that memory is bounded; each byte is looked at once.
 */
export class LineCutter {
  readonly #limit: number;
  #pieces: Uint8Array[] = [];
  #length = 0;
  /** Lines that were longer than the limit so far. */
  longLines = 0;
  #inLongLine = false;

  /** `limit` in bytes, at least 4. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes the next bytes; answers everything up to the last line end, and what exceeds the limit. */
  push(bytes: Uint8Array): Uint8Array {
    const end = bytes.lastIndexOf(newline) + 1;
    let ready: Uint8Array = new Uint8Array(0);
    if (end > 0) {
      ready = this.#take(bytes.subarray(0, end));
      this.#inLongLine = false;
    }
    this.#pieces.push(bytes.slice(end));
    this.#length += bytes.length - end;
    if (this.#length < this.#limit) return ready;
    const piece = this.#take(new Uint8Array(0));
    const whole = wholeCharacters(piece);
    this.#pieces = [piece.slice(whole)];
    this.#length = piece.length - whole;
    if (!this.#inLongLine) this.longLines += 1;
    this.#inLongLine = true;
    return concatenated([ready, piece.subarray(0, whole)]);
  }

  /** What follows the last line end: the stream has ended. */
  end(): Uint8Array {
    return this.#take(new Uint8Array(0));
  }

  #take(last: Uint8Array): Uint8Array {
    const pieces = [...this.#pieces, last];
    this.#pieces = [];
    this.#length = 0;
    return concatenated(pieces);
  }
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
