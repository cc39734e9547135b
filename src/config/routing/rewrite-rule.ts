import { ANY_TEXT, type TagPattern } from "./tag-pattern.ts";

type Part = string | typeof ANY_TEXT;

/** The words of a rule; a quoted one may contain spaces. */
function splitRule(rule: string): readonly string[] {
  return (rule.match(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\S+/gsu) ?? []).map((word) =>
    /^(["']).*\1$/su.test(word) ? word.slice(1, -1) : word,
  );
}

/** `$key['a']['b']`, `$TAG[1]`, `$0`: everything up to the next dot, comma or space. */
const ACCESSOR = /(\$(?:\[[^\]]*\]|[^.\s,"[])*)/u;

/**
 * The tags that a rule of filter_rewrite_tag gives, `KEY REGEX NEW_TAG KEEP`: what the new tag takes
 * from the record or from the old tag is unknown text.
 *
 * @returns undefined if the rule has no new tag.
 */
export function rewriteRuleTags(rule: string): TagPattern | undefined {
  const newTag = splitRule(rule)[2];
  return newTag
    ?.split(ACCESSOR)
    .map((part, index): Part => (index % 2 === 1 ? ANY_TEXT : part))
    .filter((part) => part !== "");
}
