import type { Engine } from "./engine.ts";
import type { OutputInstance } from "./structures.ts";

/**
 * Does a tag match a wildcard, where `*` stands for any characters, also none?
 * Stands for `flb_router.c::router_match` (v3.0.4).
 */
export function routerMatch(tag: string, match: string): boolean {
  let tagIndex = 0;
  let matchIndex = 0;
  while (matchIndex < match.length) {
    if (match[matchIndex] === "*") {
      while (match[matchIndex] === "*") matchIndex += 1;
      if (matchIndex === match.length) return true;
      const rest = match.slice(matchIndex);
      for (let from = tagIndex; from < tag.length; from += 1) {
        if (routerMatch(tag.slice(from), rest)) return true;
      }
      return false;
    }
    if (tag[tagIndex] !== match[matchIndex]) return false;
    tagIndex += 1;
    matchIndex += 1;
  }
  return tagIndex === tag.length;
}

/** The outputs for a tag. Stands for `flb_router.c::flb_routes_mask_set_by_tag`. */
export function routesByTag(engine: Engine, tag: string): readonly OutputInstance[] {
  return engine.outputs.filter((output) => routerMatch(tag, output.match));
}
