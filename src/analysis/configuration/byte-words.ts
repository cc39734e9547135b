const units: readonly (readonly [size: number, name: string])[] = [
  [1e9, "GB"],
  [1e6, "MB"],
  [1e3, "kB"],
];

/** A number of bytes in words, such as `2.2 MB`; units are those of Fluent Bit, powers of 1000. */
export function byteWords(bytes: number): string {
  const unit = units.find(([size]) => bytes >= size);
  if (unit === undefined) return `${bytes} bytes`;
  const [size, name] = unit;
  return `${Number((bytes / size).toPrecision(3))} ${name}`;
}
