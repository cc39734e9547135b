/** How deep a line stands, or why it must not stand there. */
type IndentationCheck =
  | { readonly kind: "content" | "group"; readonly level: number }
  | { readonly kind: "error"; readonly problem: string };

function isBlank(character: string): boolean {
  return character === " " || character === "\t";
}

/** The blanks at the start of a line: the first indented line of a file fixes them for all. */
export function leadingBlanks(line: string): string {
  return /^[ \t]*/u.exec(line)?.[0] ?? "";
}

/**
 * Compares a line with the file's indentation: the same blanks exactly, or twice as many for the
 * content of a group (`flb_cf_fluentbit.c::check_indent`, release v3.0.4).
 */
export function checkIndentation(line: string, indentation: string): IndentationCheck {
  let level = 0;
  while (level < indentation.length && line[level] === indentation[level]) {
    level += 1;
  }
  if (level < indentation.length) {
    return isBlank(line.charAt(level))
      ? { kind: "error", problem: "tabs and spaces are mixed in the indentation" }
      : { kind: "error", problem: "the line is indented less than the others" };
  }
  let extra = 0;
  while (isBlank(line.charAt(level + extra))) {
    extra += 1;
  }
  if (extra === 0) {
    return { kind: "content", level };
  }
  return extra === level
    ? { kind: "group", level: level + extra }
    : { kind: "error", problem: "the line is indented more than the others" };
}
