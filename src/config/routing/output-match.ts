import { matchCombinations } from "./match-combinations.ts";
import type { MatchRegex } from "./match-regex.ts";
import { collectRouteMasks, subsetsWith, type RouteMask, type RouteMasks } from "./route-mask.ts";
import { fixedTag, patternFromWildcards, type TagPattern } from "./tag-pattern.ts";
import { matchesWildcard } from "./wildcard-match.ts";

/** What an output says about the tags that it takes: `Match`, `Match_Regex`, both or neither. */
export interface OutputMatch {
  readonly match: string | undefined;
  readonly matchRegex: MatchRegex | undefined;
}

/** More unknown outputs than this would give too many subsets to list: see `tooMany`. */
const OPTIONAL_LIMIT = 10;

/** Whether a tag reaches an output; undefined if its pattern cannot be read. */
function takesTag({ match, matchRegex }: OutputMatch, tag: string): boolean | undefined {
  if (match !== undefined && matchesWildcard(tag, match)) {
    return true;
  }
  if (matchRegex === undefined) {
    return false;
  }
  return matchRegex.matches?.(tag);
}

/** The smallest and the largest masks only, and each output alone: the subsets are too many. */
function tooMany(certain: readonly number[], optional: readonly number[]): readonly RouteMask[] {
  const all = [...certain, ...optional].sort((left, right) => left - right);
  const single = optional.map((output) => [...certain, output].sort((l, r) => l - r));
  return [certain, ...single, all];
}

function withOptional(
  certain: readonly number[],
  optional: readonly number[],
): readonly RouteMask[] {
  return optional.length > OPTIONAL_LIMIT
    ? tooMany(certain, optional)
    : subsetsWith(certain, optional);
}

function masksOfTag(tag: string, outputs: readonly OutputMatch[]): RouteMasks {
  const certain: number[] = [];
  const optional: number[] = [];
  for (const [index, output] of outputs.entries()) {
    const takes = takesTag(output, tag);
    if (takes !== false) {
      (takes === true ? certain : optional).push(index);
    }
  }
  return collectRouteMasks(withOptional(certain, optional), {
    exact: optional.length === 0,
    complete: optional.length <= OPTIONAL_LIMIT,
  });
}

/** Whether some tag of a pattern matches a wildcard. */
export function mayMatch(pattern: TagPattern, match: TagPattern): boolean {
  const combinations = matchCombinations(pattern, [match]);
  return combinations?.some((combination) => combination.length > 0) ?? true;
}

/** For wildcards the masks are exact; `Match_Regex` may or may not match an unknown tag. */
function masksOfPattern(pattern: TagPattern, outputs: readonly OutputMatch[]): RouteMasks {
  const withMatch = outputs.flatMap(({ match }, index) =>
    match === undefined ? [] : [{ index, pattern: patternFromWildcards(match) }],
  );
  const withRegex = outputs.flatMap(({ matchRegex }, index) =>
    matchRegex === undefined ? [] : [index],
  );
  const combinations = matchCombinations(
    pattern,
    withMatch.map((entry) => entry.pattern),
  );
  if (combinations === undefined) {
    const possible = withMatch.filter((entry) => mayMatch(pattern, entry.pattern));
    const optional = [...new Set([...possible.map(({ index }) => index), ...withRegex])];
    return collectRouteMasks(withOptional([], optional), {
      exact: false,
      complete: optional.length <= OPTIONAL_LIMIT,
    });
  }
  const masks = combinations.flatMap((combination) => {
    const certain = combination.flatMap((position) => withMatch[position]?.index ?? []);
    const optional = withRegex.filter((index) => !certain.includes(index));
    return withOptional(certain, optional);
  });
  return collectRouteMasks(masks, {
    exact: withRegex.length === 0,
    complete: withRegex.length <= OPTIONAL_LIMIT,
  });
}

/**
 * Every routes mask that chunks with tags of the pattern may get
 * (`flb_routes_mask.c::flb_routes_mask_set_by_tag`).
 */
export function routeMasksOfTags(pattern: TagPattern, outputs: readonly OutputMatch[]): RouteMasks {
  const tag = fixedTag(pattern);
  return tag === undefined ? masksOfPattern(pattern, outputs) : masksOfTag(tag, outputs);
}
