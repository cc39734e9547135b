import { ANY_TEXT, type TagPattern } from "./tag-pattern.ts";

type Part = string | typeof ANY_TEXT;

/** A path as glob(3) reads it: whatever is special stands for unknown text. */
function pathParts(path: string): readonly Part[] {
  return path
    .split(/(\*|\?|\[[^\]]*\]|\{[^}]*\})/u)
    .map((part, index) => (index % 2 === 1 ? ANY_TEXT : part));
}

/**
 * Folder separators and colons become dots, dots in a row become one, and those at either end and
 * asterisks vanish (`tail_file.c::tag_compose`).
 */
function sanitize(parts: readonly Part[]): TagPattern {
  const symbols: Part[] = [];
  for (const symbol of parts.flatMap<Part>((part) =>
    part === ANY_TEXT ? [part] : Array.from(part),
  )) {
    const isSeparator = symbol === "/" || symbol === "\\" || symbol === ":";
    const isDot = symbol === "." || isSeparator;
    const vanishes =
      symbol === "*" ||
      (symbol === ANY_TEXT && symbols.at(-1) === ANY_TEXT) ||
      (isSeparator && symbols.length === 0) ||
      (isDot && symbols.at(-1) === ".");
    if (!vanishes) {
      symbols.push(isDot ? "." : symbol);
    }
  }
  if (symbols.at(-1) === ".") {
    symbols.pop();
  }
  return symbols;
}

/** The tags of in_tail for a `Tag` with an asterisk: the file's path takes its place. */
export function tailTagPatterns(tag: string, paths: readonly string[]): readonly TagPattern[] {
  const star = tag.indexOf("*");
  const before = tag.slice(0, star);
  const after = tag.slice(star + 1);
  const expansions: readonly (readonly Part[])[] =
    paths.length === 0 ? [[ANY_TEXT]] : paths.map(pathParts);
  return expansions.map((path) => sanitize([before, ...path, after]));
}
