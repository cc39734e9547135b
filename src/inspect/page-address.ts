import type { PageScope } from "./page-data.ts";

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

/** What a page shows at an address. */
export interface Addressed {
  readonly place: PagePlace;
  /** Why that is not all that the address asks for, in a sentence; empty if it is. */
  readonly trouble: string;
}

type Named = Pick<PageScope, "scope" | "name" | "judged">;

const ownRun = "by-hand";

function slugOf({ name }: Named): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/-$/, "");
}

/**
 * The place as the part of an address after `#`: `release/scope/property/step`, and `/at:action,action` if the path was
 * left. Everything has its name, so that an address means the same on a page of other scopes, or nothing.
 */
export function addressOf(place: PagePlace, scopes: readonly Named[]): string {
  const { property, step, left } = place;
  const scope = scopes[place.scope];
  if (scope === undefined) return "#";
  const tail = left === null ? [] : [`${left.at}:${left.keys.join(",")}`];
  const parts = [scope.scope.release, slugOf(scope), property === "" ? ownRun : property, step];
  return `#${[...parts, ...tail].join("/")}`;
}

/** A sentence that an address is answered with in place of what it asks for. */
class Trouble extends Error {
  readonly place: PagePlace;

  constructor(sentence: string, place: PagePlace) {
    super(sentence);
    this.place = place;
  }
}

function listed(names: readonly string[]): string {
  return [...new Set(names)].join(", ");
}

function decoded(hash: string, opening: PagePlace): string {
  try {
    return decodeURIComponent(hash.replace(/^#/, ""));
  } catch {
    throw new Trouble("The address has a % that begins no character, and cannot be read.", opening);
  }
}

function scopeAt(
  release: string,
  slug: string | undefined,
  scopes: readonly Named[],
  opening: PagePlace,
): number {
  const ofRelease = scopes.flatMap((scope, index) =>
    scope.scope.release === release && (scope.judged !== null || scopes.length === 1)
      ? [{ slug: slugOf(scope), index }]
      : [],
  );
  const found = ofRelease.find((one) => slug === undefined || one.slug === slug);
  if (found !== undefined) return found.index;
  const known =
    ofRelease.length > 0
      ? `This page does not show ${release} at the scope "${slug ?? ""}", but at ${listed(ofRelease.map((one) => one.slug))}.`
      : `This page shows no release "${release}"; it shows ${listed(scopes.flatMap((scope) => (scope.judged === null ? [] : [scope.scope.release])))}.`;
  throw new Trouble(known, opening);
}

/** Why a property has no path to step through, and which have one; empty if it has one. */
function whyNoPath(name: string, { scope, judged }: Named): string {
  const properties = judged?.properties ?? [];
  const found = properties.find((one) => one.name === name);
  if (found !== undefined && found.path !== null) return "";
  const violated = properties.filter(({ path }) => path !== null).map((one) => one.name);
  const others =
    violated.length === 0
      ? "No property is violated here."
      : `Violated here: ${listed(violated)}; choose one above.`;
  if (found === undefined) {
    return `${scope.release} has no property "${name}" here; it has ${listed(properties.map((one) => one.name))}.`;
  }
  if (found.vacuous) {
    return `${name} has nothing to say here: no state of this scope concerns it. ${others}`;
  }
  return found.verdict === "holds"
    ? `${name} holds here: there is no way into a violation to step through. ${others}`
    : `${name} was not decided here: the search ended before. ${others}`;
}

function stepOf(text: string, what: string, place: PagePlace): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Trouble(`"${text}" in the address is no ${what}.`, place);
}

function leftOf(text: string, place: PagePlace): NonNullable<PagePlace["left"]> {
  const parts = /^(\d{1,9}):(.*)$/.exec(text);
  if (parts === null) {
    throw new Trouble(`"${text}" in the address is no way off the path, such as 3:ingest.c0.m0.`, {
      ...place,
      left: null,
    });
  }
  const keys = (parts[2] ?? "").split(",").filter((key) => key !== "");
  return { at: Number(parts[1]), keys };
}

function read(hash: string, scopes: readonly Named[], opening: PagePlace): PagePlace {
  const text = decoded(hash, opening);
  if (text === "") return opening;
  const parts = text.split("/");
  const [release = "", slug, property, step = "0", tail] = parts;
  if (parts.length === 1 && /^\d+$/.test(release)) {
    return { ...opening, step: stepOf(release, "step", opening) };
  }
  const index = scopeAt(release, slug, scopes, opening);
  const scope = scopes[index];
  const start: PagePlace = { scope: index, property: "", step: 0, left: null };
  if (scope === undefined) return opening;
  const violated = scope.judged?.properties.find(({ path }) => path !== null)?.name ?? "";
  const name = property === undefined ? violated : property === ownRun ? "" : property;
  const trouble = name === "" ? "" : whyNoPath(name, scope);
  if (trouble !== "") throw new Trouble(trouble, start);
  const place = { ...start, property: name };
  const there = { ...place, step: stepOf(step, "step", place) };
  if (parts.length > 5) throw new Trouble("The address has more parts than a place has.", there);
  return tail === undefined ? there : { ...there, left: leftOf(tail, there) };
}

/**
 * Reads the part of an address after `#`; a number alone is a step of the path that the page opens with. What it does
 * not find it says in a sentence, with the nearest place that there is.
 *
 * @param opening what the page opens with
 */
export function readAddress(hash: string, scopes: readonly Named[], opening: PagePlace): Addressed {
  try {
    return { place: read(hash, scopes, opening), trouble: "" };
  } catch (error) {
    if (error instanceof Trouble) return { place: error.place, trouble: error.message };
    throw error;
  }
}
