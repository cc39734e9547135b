/**
 * The offset just after the msgpack value that begins at `offset`, or undefined if the bytes end before
 * it does or do not begin a value. The library decodes values but does not say where they end, and
 * that is what recovering the valid part of a damaged chunk needs.
 */
export function skipValue(bytes: Uint8Array, offset: number): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = offset;
  let pending = 1;
  while (pending > 0) {
    if (position >= bytes.length) return undefined;
    const item = itemAt(view, position);
    if (item === undefined) return undefined;
    position += item.size;
    pending += item.children - 1;
    if (position > bytes.length) return undefined;
  }
  return position;
}

interface Item {
  readonly size: number;
  readonly children: number;
}

const fixedSizes = new Map([
  [0xc0, 1],
  [0xc2, 1],
  [0xc3, 1],
  [0xca, 5],
  [0xcb, 9],
  [0xcc, 2],
  [0xcd, 3],
  [0xce, 5],
  [0xcf, 9],
  [0xd0, 2],
  [0xd1, 3],
  [0xd2, 5],
  [0xd3, 9],
  [0xd4, 3],
  [0xd5, 4],
  [0xd6, 6],
  [0xd7, 10],
  [0xd8, 18],
]);

const lengthWidths = new Map([
  [0xc4, 1],
  [0xc5, 2],
  [0xc6, 4],
  [0xc7, 1],
  [0xc8, 2],
  [0xc9, 4],
  [0xd9, 1],
  [0xda, 2],
  [0xdb, 4],
  [0xdc, 2],
  [0xdd, 4],
  [0xde, 2],
  [0xdf, 4],
]);

function itemAt(view: DataView, position: number): Item | undefined {
  const kind = view.getUint8(position);
  if (kind <= 0x7f || kind >= 0xe0) return { size: 1, children: 0 };
  if (kind <= 0x8f) return { size: 1, children: 2 * (kind & 0x0f) };
  if (kind <= 0x9f) return { size: 1, children: kind & 0x0f };
  if (kind <= 0xbf) return { size: 1 + (kind & 0x1f), children: 0 };
  const fixed = fixedSizes.get(kind);
  if (fixed !== undefined) return { size: fixed, children: 0 };
  return lengthPrefixed(view, position, kind);
}

/** Strings, binaries and extensions (whose length follows), arrays and maps (whose count follows). */
function lengthPrefixed(view: DataView, position: number, kind: number): Item | undefined {
  const width = lengthWidths.get(kind);
  if (width === undefined || position + 1 + width > view.byteLength) return undefined;
  const length = readLength(view, position + 1, width);
  if (kind >= 0xde) return { size: 1 + width, children: 2 * length };
  if (kind >= 0xdc) return { size: 1 + width, children: length };
  const typeByte = kind >= 0xc7 && kind <= 0xc9 ? 1 : 0;
  return { size: 1 + width + typeByte + length, children: 0 };
}

function readLength(view: DataView, position: number, width: number): number {
  if (width === 1) return view.getUint8(position);
  return width === 2 ? view.getUint16(position) : view.getUint32(position);
}
