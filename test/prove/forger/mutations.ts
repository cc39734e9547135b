import fc from "fast-check";
import { at, placesIn, withAt, type Json, type Place } from "./json.ts";

/** What a forger made of an honest certificate, and how. */
export interface Forgery {
  readonly how: string;
  readonly json: Json;
}

/** Names that a forger would like to use. */
const names = [
  "N",
  "T",
  "X",
  "Q",
  "k",
  "#down running retry",
  "state of engine",
  "~x| Int)(assert false)(declare-const |y",
];

type Change = readonly [how: string, change: (there: Json) => Json];

function ofList(list: readonly Json[]): readonly Change[] {
  const [first] = list;
  if (first === undefined) return [["something is put in", () => [0]]];
  return [
    ["it is emptied", () => []],
    ["the last is left out", () => list.slice(0, -1)],
    ["the first is left out", () => list.slice(1)],
    ["the first is there twice", () => [first, ...list]],
    ["it is turned round", () => list.toReversed()],
  ];
}

function ofObject(object: Readonly<Record<string, Json>>, isTerms: boolean): readonly Change[] {
  const entries = Object.entries(object);
  const left = ([key]: readonly [string, Json]): Change => [
    `${key} is left out`,
    () => Object.fromEntries(entries.filter(([other]) => other !== key)),
  ];
  if (!isTerms) return entries.map(left);
  return [
    ...entries.slice(0, 1).map(left),
    ...names.flatMap((name): Change[] => [
      [`with ${name}`, () => ({ ...object, [name]: 1 })],
      [`without anything but ${name}`, () => ({ [name]: 1 })],
      [`less ${name}`, () => ({ ...object, [name]: -1 })],
    ]),
  ];
}

/** What else a part of a certificate could be; `others` are the parts that stand in the same kind of place. */
function changes(
  there: Json,
  key: string | number | undefined,
  others: readonly Json[],
): readonly Change[] {
  const taken = others.filter((other) => JSON.stringify(other) !== JSON.stringify(there));
  const exchanged = taken
    .slice(0, 3)
    .map((other): Change => [
      `taken from elsewhere: ${JSON.stringify(other).slice(0, 60)}`,
      () => other,
    ]);
  const nothing: Change = ["nothing", () => null];
  if (Array.isArray(there)) return [...ofList(there), ...exchanged, nothing];
  if (typeof there === "number") {
    return [there + 1, there - 1, 0, -1, -there, 2 * there, 0.5, 1e15]
      .filter((value) => value !== there)
      .map((value) => [String(value), () => value]);
  }
  if (typeof there === "boolean") return [[String(!there), () => !there]];
  if (typeof there === "string") return [...exchanged, ["k", () => "k"]];
  return there === null
    ? [...exchanged, ["an empty list", () => []]]
    : [...ofObject(there, key === "terms"), ...exchanged, nothing];
}

/** What kind of place it is: the same for places that differ in positions only. */
function kindOf(place: Place): string {
  return place.map((key) => (typeof key === "number" ? "*" : key)).join(".");
}

/** Every kind of place, with the places that are of it. */
function kindsOf(json: Json): ReadonlyMap<string, readonly Place[]> {
  const kinds = new Map<string, Place[]>();
  for (const place of placesIn(json)) {
    const kind = kindOf(place);
    kinds.set(kind, [...(kinds.get(kind) ?? []), place]);
  }
  return kinds;
}

function changesAt(json: Json, place: Place, alike: readonly Place[]): readonly Change[] {
  const there = at(json, place);
  const others = alike.flatMap((other) => at(json, other) ?? []);
  return there === undefined ? [] : changes(there, place.at(-1), others);
}

/** Every change of every kind of place, each in one place that is drawn by lot. */
export function systematicForgeries(json: Json, seed: number): readonly Forgery[] {
  const kinds = kindsOf(json);
  return [...kinds].flatMap(([kind, places], index) => {
    const [place = []] = fc.sample(fc.constantFrom(...places), { seed: seed + index, numRuns: 1 });
    return changesAt(json, place, places).map(([how, change]) => ({
      how: `${place.join(".") || "all"} (${kind}): ${how}`,
      json: withAt(json, place, change),
    }));
  });
}

/** Some changes at once, all drawn by lot. */
export function randomForgeries(json: Json, seed: number, number: number): readonly Forgery[] {
  const lots = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 });
  return fc.sample(lots, { seed, numRuns: number }).map((drawn) => {
    let forged = json;
    const told: string[] = [];
    for (const [ofKind, ofPlace, ofChange] of drawn) {
      const kinds = [...kindsOf(forged)];
      const [, places = []] = kinds[ofKind % kinds.length] ?? [];
      const place = places[ofPlace % places.length] ?? [];
      const possible = changesAt(forged, place, places);
      const [how = "", change = (there: Json) => there] =
        possible[ofChange % possible.length] ?? [];
      forged = withAt(forged, place, change);
      told.push(`${place.join(".")}: ${how}`);
    }
    return { how: told.join("; "), json: forged };
  });
}
