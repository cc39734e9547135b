import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** How bytes stand for characters. */
type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** With so many bytes it is decided what a file is. */
const enough = 64;

function isPacked(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The encoding by its byte order mark, or by where the zeros of ASCII characters stand. */
function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const looked = head.subarray(0, 1024);
  const zeros = [0, 0];
  looked.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) * 4 < looked.length) return "utf-8";
  return odd >= even ? "utf-16le" : "utf-16be";
}

interface Split {
  readonly head: Uint8Array;
  readonly all: AsyncGenerator<Uint8Array>;
}

/** The first bytes of a stream, and the whole stream, those bytes included. */
async function withHead(bytes: AsyncIterable<Uint8Array>): Promise<Split> {
  const iterator = bytes[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < enough) {
    const next = await iterator.next();
    if (next.done === true) break;
    first.push(next.value);
    size += next.value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* first;
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  }
  return { head: Buffer.concat(first), all: all() };
}

/**
 * The text of a stream: unpacked if it is gzip, decoded if it is UTF-16, with or without a byte order mark.
 *
 * @throws what the stream throws; an error with the code `Z_BUF_ERROR` where a packed stream breaks off.
 */
export async function* decodedText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const raw = await withHead(bytes);
  const plain = isPacked(raw.head)
    ? await withHead(Readable.from(raw.all).pipe(createGunzip()))
    : raw;
  const decoder = new TextDecoder(encodingOf(plain.head));
  for await (const chunk of plain.all) yield decoder.decode(chunk, { stream: true });
  const rest = decoder.decode();
  if (rest !== "") yield rest;
}
