import { exampleTag, matchCombinations } from "./match-combinations.ts";
import type { MatchRegex } from "./match-regex.ts";
import { patternAutomaton } from "./pattern-automaton.ts";
import { collectRouteMasks, subsetsWith, type RouteMask, type RouteMasks } from "./route-mask.ts";
import { fixedTag, patternFromWildcards, type TagPattern } from "./tag-pattern.ts";
import type { TagReader } from "./tag-reader.ts";
import { matchesWildcard } from "./wildcard-match.ts";

/** What an output says about the tags that it takes: `Match`, `Match_Regex`, both or neither. */
export interface OutputMatch {
  readonly match: string | undefined;
  readonly matchRegex: MatchRegex | undefined;
}

/** Outputs that say the same, and so take the same tags, whatever these are. */
interface Group {
  readonly outputs: readonly number[];
  readonly says: OutputMatch;
}

/** More unknown groups than this would give too many subsets to list: see `tooMany`. */
const OPTIONAL_LIMIT = 10;

function groupsOf(outputs: readonly OutputMatch[]): readonly Group[] {
  const groups = new Map<string, { outputs: number[]; says: OutputMatch }>();
  for (const [index, says] of outputs.entries()) {
    if (says.match === undefined && says.matchRegex === undefined) continue;
    const key = JSON.stringify([says.match ?? null, says.matchRegex?.source ?? null]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { outputs: [index], says });
    else group.outputs.push(index);
  }
  return [...groups.values()];
}

/** The outputs of some groups, given by their places. */
function outputsOf(mask: readonly number[], groups: readonly Group[]): RouteMask {
  return mask.flatMap((group) => groups[group]?.outputs ?? []).sort((l, r) => l - r);
}

/** Whether a tag reaches an output; undefined if that cannot be told. */
function takesTag({ match, matchRegex }: OutputMatch, tag: string): boolean | undefined {
  if (match !== undefined && matchesWildcard(tag, match)) {
    return true;
  }
  return matchRegex === undefined ? false : matchRegex.matches(tag);
}

/** The smallest and the largest masks only, and each group alone: the subsets are too many. */
function tooMany(certain: readonly number[], optional: readonly number[]): readonly RouteMask[] {
  return [certain, ...optional.map((group) => [...certain, group]), [...certain, ...optional]];
}

function withOptional(
  certain: readonly number[],
  optional: readonly number[],
): readonly RouteMask[] {
  return optional.length > OPTIONAL_LIMIT
    ? tooMany(certain, optional)
    : subsetsWith(certain, optional);
}

function masksOfTag(tag: string, groups: readonly Group[]): RouteMasks {
  const certain: number[] = [];
  const optional: number[] = [];
  for (const [index, { says }] of groups.entries()) {
    const takes = takesTag(says, tag);
    if (takes !== false) {
      (takes === true ? certain : optional).push(index);
    }
  }
  return collectRouteMasks(
    withOptional(certain, optional).map((mask) => outputsOf(mask, groups)),
    { exact: optional.length === 0, complete: optional.length <= OPTIONAL_LIMIT },
  );
}

/** Whether some tag of a pattern matches a wildcard. */
export function mayMatch(pattern: TagPattern, match: TagPattern): boolean {
  return mayBeTaken(pattern, [patternAutomaton(match)]);
}

function mayBeTaken(pattern: TagPattern, readers: readonly TagReader[]): boolean {
  const combinations = matchCombinations(pattern, readers);
  return combinations?.some((combination) => combination.length > 0) ?? true;
}

/** A machine of a group; two of one group stand for `Match` and `Match_Regex`, either of which is enough. */
interface GroupReader {
  readonly group: number;
  readonly reader: TagReader;
}

function readersOf(groups: readonly Group[]): readonly GroupReader[] {
  return groups.flatMap(({ says: { match, matchRegex } }, group) => [
    ...(match === undefined
      ? []
      : [{ group, reader: patternAutomaton(patternFromWildcards(match)) }]),
    ...(matchRegex?.reader === undefined ? [] : [{ group, reader: matchRegex.reader }]),
  ]);
}

/** Groups with an expression that no machine can be made of: they may or may not match an unknown tag. */
function unreadGroups(groups: readonly Group[]): readonly number[] {
  return groups.flatMap(({ says: { matchRegex } }, group) =>
    matchRegex !== undefined && matchRegex.reader === undefined ? [group] : [],
  );
}

function masksOfPattern(pattern: TagPattern, groups: readonly Group[]): RouteMasks {
  const readers = readersOf(groups);
  const unread = unreadGroups(groups);
  const combinations = matchCombinations(
    pattern,
    readers.map(({ reader }) => reader),
  );
  if (combinations === undefined) {
    const examples = readers.map(({ reader }) => exampleTag(pattern, reader));
    const possible = readers.filter(
      ({ reader }, place) => examples[place] !== undefined || mayBeTaken(pattern, [reader]),
    );
    const optional = [...new Set([...possible.map(({ group }) => group), ...unread])];
    return collectRouteMasks(
      withOptional([], optional).map((mask) => outputsOf(mask, groups)),
      {
        exact: false,
        complete: optional.length <= OPTIONAL_LIMIT,
        certain: examples.flatMap((tag) =>
          tag === undefined ? [] : masksOfTag(tag, groups).certain,
        ),
      },
    );
  }
  const known = combinations.map((combination) => [
    ...new Set(combination.flatMap((position) => readers[position]?.group ?? [])),
  ]);
  const optionalTo = (certain: readonly number[]): readonly number[] =>
    unread.filter((group) => !certain.includes(group));
  return collectRouteMasks(
    known
      .flatMap((certain) => withOptional(certain, optionalTo(certain)))
      .map((mask) => outputsOf(mask, groups)),
    {
      exact: unread.length === 0,
      complete: unread.length <= OPTIONAL_LIMIT,
      certain: known
        .filter((certain) => optionalTo(certain).length === 0)
        .map((mask) => outputsOf(mask, groups)),
    },
  );
}

/**
 * Every routes mask that chunks with tags of the pattern may get
 * (`flb_routes_mask.c::flb_routes_mask_set_by_tag`).
 */
export function routeMasksOfTags(pattern: TagPattern, outputs: readonly OutputMatch[]): RouteMasks {
  const groups = groupsOf(outputs);
  const tag = fixedTag(pattern);
  return tag === undefined ? masksOfPattern(pattern, groups) : masksOfTag(tag, groups);
}
