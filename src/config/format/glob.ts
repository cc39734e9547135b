import { posix } from "node:path";
import type { ConfigurationFiles } from "./configuration-files.ts";

const SPECIAL = /[*?[]/u;

function bracketEnd(segment: string, start: number): number {
  const first = segment[start + 1] === "!" || segment[start + 1] === "^" ? start + 2 : start + 1;
  return segment.indexOf("]", first + 1);
}

/** One segment of a glob(3) pattern as a regular expression: `*`, `?` and `[…]`, no braces. */
function segmentExpression(segment: string): RegExp {
  let source = segment.startsWith(".") ? "" : "(?!\\.)";
  for (let index = 0; index < segment.length; index += 1) {
    const character = segment.charAt(index);
    const end = character === "[" ? bracketEnd(segment, index) : -1;
    if (character === "*") {
      source += "[^/]*";
    } else if (character === "?") {
      source += "[^/]";
    } else if (end > 0) {
      const inside = segment.slice(index + 1, end).replaceAll(/[\\\]]/gu, "\\$&");
      source += `[${inside.startsWith("!") ? `^${inside.slice(1)}` : inside}]`;
      index = end;
    } else {
      source += character.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
    }
  }
  try {
    return new RegExp(`^${source}$`, "s");
  } catch {
    return /(?!)/u;
  }
}

/**
 * The paths that a glob(3) pattern names, in alphabetical order. glob(3) is called with
 * `GLOB_NOSORT` there (`flb_cf_fluentbit.c::read_glob`), so the engine's order depends on the disk.
 */
export function expandGlob(pattern: string, files: ConfigurationFiles): readonly string[] {
  const segments = pattern.split("/").filter((segment) => segment !== "");
  let paths: readonly string[] = [pattern.startsWith("/") ? "/" : ""];
  for (const segment of segments) {
    if (!SPECIAL.test(segment)) {
      paths = paths.map((path) => posix.join(path, segment));
      continue;
    }
    const expression = segmentExpression(segment);
    paths = paths.flatMap((path) =>
      [...(files.list(path === "" ? "." : path) ?? [])]
        .filter((entry) => expression.test(entry))
        .sort()
        .map((entry) => posix.join(path, entry)),
    );
  }
  return paths.filter((path) => files.realPath(path) !== undefined);
}
