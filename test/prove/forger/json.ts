/** A certificate, or a part of one, as a forger sees it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Where something is in it. */
export type Place = readonly (string | number)[];

/** What is there; undefined if nothing is. */
export function at(json: Json | undefined, place: Place): Json | undefined {
  const [first, ...rest] = place;
  if (first === undefined || json === undefined) return json;
  if (Array.isArray(json)) return at(typeof first === "number" ? json[first] : undefined, rest);
  return typeof json === "object" && json !== null ? at(json[first], rest) : undefined;
}

/** A copy with something else there. */
export function withAt(json: Json, place: Place, change: (there: Json) => Json): Json {
  const [first, ...rest] = place;
  if (first === undefined) return change(json);
  if (Array.isArray(json)) {
    return json.map((one, index) => (index === first ? withAt(one, rest, change) : one));
  }
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, one]) => [
      key,
      key === first ? withAt(one, rest, change) : one,
    ]),
  );
}

/** Every place in it. */
export function placesIn(json: Json, here: Place = []): readonly Place[] {
  if (typeof json !== "object" || json === null) return [here];
  const parts: readonly (readonly [string | number, Json])[] = Array.isArray(json)
    ? json.map((one, index) => [index, one])
    : Object.entries(json);
  return [here, ...parts.flatMap(([key, one]) => placesIn(one, [...here, key]))];
}
