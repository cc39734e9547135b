// Matches the escape sequences that colours are made of: they take no room on a terminal.
const escape = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** How wide text is printed where nothing else is asked for. */
const lineWidth = 80;

/**
 * Breaks a text between words, so that no line is wider than asked unless a word is.
 *
 * @param first what the first line begins with; the others begin with as many spaces
 * @param width in columns
 */
export function wrapped(text: string, first = "", width = lineWidth): string {
  const hanging = " ".repeat(first.replaceAll(escape, "").length);
  const lines: string[] = [];
  let line = first;
  let taken = hanging.length;
  let isEmpty = true;
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    const size = word.replaceAll(escape, "").length;
    if (!isEmpty && taken + 1 + size > width) {
      lines.push(line);
      line = hanging;
      taken = hanging.length;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    taken += isEmpty ? size : size + 1;
    isEmpty = false;
  }
  return [...lines, line].join("\n");
}
