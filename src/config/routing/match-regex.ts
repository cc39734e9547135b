import { toRegExp } from "oniguruma-to-es";

/** `Match_Regex` of an output, or why the pattern cannot be read here. */
export interface MatchRegex {
  readonly source: string;
  /** Whether a tag matches; undefined if the pattern cannot be read. */
  readonly matches: ((tag: string) => boolean) | undefined;
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

/**
 * Reads an Onigmo pattern with Ruby's syntax. A tag matches if a match of at least one character
 * starts at its first character; the end is free (`flb_router.c::router_match`).
 */
export function readMatchRegex(source: string): MatchRegex {
  const { pattern, flags } = splitOptions(source);
  try {
    const expression = toRegExp(pattern, { flags });
    return {
      source,
      problem: undefined,
      matches: (tag) => {
        const found = expression.exec(tag);
        return found?.index === 0 && found[0] !== "";
      },
    };
  } catch (error) {
    const problem = error instanceof Error ? error.message.replace(/\.$/u, "") : "unknown reason";
    return { source, matches: undefined, problem };
  }
}
