import { toOnigurumaAst } from "oniguruma-parser";
import { matchLength } from "./regex/match-length.ts";
import { compileRegex, type Program } from "./regex/program.ts";
import { regexReader } from "./regex/regex-reader.ts";
import type { TagReader } from "./tag-reader.ts";

/** `Match_Regex` of an output, or why the pattern cannot be read here. */
export interface MatchRegex {
  readonly source: string;
  /** Whether a tag matches; undefined if that cannot be told. */
  readonly matches: (tag: string) => boolean | undefined;
  /** The pattern as a machine for tags that are not known; undefined if it cannot be one. */
  readonly reader: TagReader | undefined;
  readonly problem: string | undefined;
}

interface PatternWithOptions {
  readonly pattern: string;
  readonly flags: string;
}

/** `/pattern/` and `/pattern/imx` lose their slashes (`flb_regex.c::str_to_regex`). */
function splitOptions(source: string): PatternWithOptions {
  const options = /^\/(?<pattern>.+)\/(?<flags>[imx]+)$/su.exec(source)?.groups;
  if (options !== undefined) {
    return { pattern: options["pattern"] ?? "", flags: [...new Set(options["flags"])].join("") };
  }
  const slashes = /^\/(?<pattern>.+)\/$/su.exec(source)?.groups;
  return { pattern: slashes?.["pattern"] ?? source, flags: "" };
}

function compile(source: string): Program | string {
  const { pattern, flags } = splitOptions(source);
  try {
    return compileRegex(toOnigurumaAst(pattern, { flags }));
  } catch (error) {
    if (error instanceof RangeError) return "it is nested too deeply";
    return error instanceof Error ? error.message.replace(/\.$/u, "") : "unknown reason";
  }
}

/**
 * Reads an Onigmo pattern with Ruby's syntax. A tag matches if a match of at least one character
 * starts at its first character; the end is free (`flb_router.c::router_match` calls onig_match).
 * The time that takes grows with the length of the tag, never as a backtracking search does.
 */
export function readMatchRegex(source: string): MatchRegex {
  const program = compile(source);
  if (typeof program === "string") {
    return { source, matches: () => undefined, reader: undefined, problem: program };
  }
  return {
    source,
    problem: undefined,
    reader: regexReader(program),
    matches(tag) {
      const length = matchLength(program, tag);
      return length === "unknown" ? undefined : length !== undefined && length > 0;
    },
  };
}
