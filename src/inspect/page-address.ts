/** What of a page can be linked to. */
export interface PagePlace {
  /** Index of the scope. */
  readonly scope: number;
  /** Name of the property whose path is shown; empty for a run of one's own. */
  readonly property: string;
  readonly step: number;
  /** The step after which the path was left, with the actions taken since; null on the path. */
  readonly left: { readonly at: number; readonly keys: readonly string[] } | null;
}

/** The place as the part of an address after `#`: `scope/property/step`, and `/at:action,action` if the path was left. */
export function addressOf({ scope, property, step, left }: PagePlace): string {
  const tail = left === null ? "" : `/${left.at}:${left.keys.join(",")}`;
  return `#${scope}/${property}/${step}${tail}`;
}

/** Reads an address; a number alone is a step of the path that the page opens with. Null if it is none. */
export function placeOf(hash: string, fallback: PagePlace): PagePlace | null {
  const words = decodeURIComponent(hash.replace(/^#/, "")).split("/");
  if (words.length === 1 && /^\d+$/.test(words[0] ?? "")) {
    return { ...fallback, step: Number(words[0]) };
  }
  const [scope = "", property = "", step = "", tail = ""] = words;
  if (!/^\d+$/.test(scope) || !/^\d+$/.test(step)) return null;
  const left = /^(\d+):(.*)$/.exec(tail);
  return {
    scope: Number(scope),
    property,
    step: Number(step),
    left:
      left === null
        ? null
        : { at: Number(left[1]), keys: (left[2] ?? "").split(",").filter((key) => key !== "") },
  };
}
