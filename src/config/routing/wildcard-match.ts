/**
 * Whether a tag matches a `Match` value: `*` is any text, also none; everything else is literal and
 * letter case counts (`flb_router.c::router_match`).
 */
export function matchesWildcard(tag: string, match: string): boolean {
  let tagIndex = 0;
  let matchIndex = 0;
  let lastStar = -1;
  let resumeAt = 0;
  while (tagIndex < tag.length) {
    if (match[matchIndex] === "*") {
      lastStar = matchIndex;
      resumeAt = tagIndex;
      matchIndex += 1;
    } else if (matchIndex < match.length && match[matchIndex] === tag[tagIndex]) {
      tagIndex += 1;
      matchIndex += 1;
    } else if (lastStar >= 0) {
      resumeAt += 1;
      tagIndex = resumeAt;
      matchIndex = lastStar + 1;
    } else {
      return false;
    }
  }
  while (match[matchIndex] === "*") {
    matchIndex += 1;
  }
  return matchIndex === match.length;
}
