// Matches the escape sequences that colours are made of: they take no room on a terminal.
const escape = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** How many columns a text takes on a terminal. */
function widthOf(text: string): number {
  return Array.from(text.replaceAll(escape, "")).length;
}

/** Lays rows out in columns, two spaces apart; columns listed in `right` are aligned to the right. */
export function columns(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const gap = " ".repeat((widths[column] ?? 0) - widthOf(cell));
          return right.includes(column) ? gap + cell : cell + gap;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/**
 * A table whose first column says what each row is, the others aligned to the right. Where it is wider than a terminal it
 * is cut into tables one below the other, each with the first column again.
 *
 * @param width columns of the terminal; Infinity where there is none
 */
export function columnsWithin(rows: readonly (readonly string[])[], width: number): string {
  const count = Math.max(...rows.map(({ length }) => length));
  const widthOfColumn = (column: number): number =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? "")));
  const parts: number[][] = [[]];
  let used = widthOfColumn(0);
  for (let column = 1; column < count; column++) {
    const takes = 2 + widthOfColumn(column);
    if (used + takes > width && parts.at(-1)?.length !== 0) {
      parts.push([]);
      used = widthOfColumn(0);
    }
    used += takes;
    parts.at(-1)?.push(column);
  }
  return parts
    .map((part) =>
      columns(
        rows.map((row) => [0, ...part].map((column) => row[column] ?? "")),
        part.map((_, index) => index + 1),
      ),
    )
    .join("\n\n");
}
