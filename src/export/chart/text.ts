/** The width of an em of a fixed-width font, as wide as the widest of the usual ones. */
const monoEm = 0.61;
/** An upper estimate of a letter's mean width in the usual sans-serif fonts. */
const sansEm = 0.6;

type Typeface = "mono" | "sans";

/** How wide a text may become in pixels, in whatever font the reader has. */
export function textWidth(text: string, size: number, typeface: Typeface): number {
  return Math.ceil(text.length * size * (typeface === "mono" ? monoEm : sansEm));
}

/** Breaks a text between words into as few lines of at most this width as words allow, and evens them out. */
export function balance(
  text: string,
  width: number,
  size: number,
  typeface: Typeface,
): readonly string[] {
  let lines = wrap(text, width, size, typeface);
  for (let narrower = width - size; narrower > 0; narrower -= size) {
    const evener = wrap(text, narrower, size, typeface);
    if (evener.length > lines.length) break;
    lines = evener;
  }
  return lines;
}

/** Breaks a text between words into lines of at most this width in pixels, where words allow it. */
export function wrap(
  text: string,
  width: number,
  size: number,
  typeface: Typeface,
): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").filter((one) => one !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, size, typeface) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}

/** A text as it stands in XML. */
export function xml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
