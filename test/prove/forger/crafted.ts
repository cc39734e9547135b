import type { HonestName } from "./honest.ts";
import { at, withAt, type Json, type Place } from "./json.ts";

/** A forgery that would get a false claim through if the checker did not look at one thing. */
export interface CraftedForgery {
  readonly name: string;
  readonly of: HonestName;
  readonly forge: (certificate: Json) => Json;
}

const run = ["runs", 0] as const;

function inRun(certificate: Json, key: string, change: (there: Json) => Json): Json {
  return withAt(certificate, [...run, key], change);
}

/** What the certificate says of a property. */
function claimOf(certificate: Json, property: string): Json {
  const claims = at(certificate, [...run, "properties"]);
  const found = Array.isArray(claims)
    ? claims.find((one) => at(one, ["property"]) === property)
    : undefined;
  if (found === undefined) throw new Error(`nothing is claimed of ${property}`);
  return found;
}

/** Only one claim: the honest one of a property, changed. */
function claiming(
  certificate: Json,
  property: string,
  changes: Readonly<Record<string, Json>>,
): Json {
  const claim = claimOf(certificate, property);
  if (typeof claim !== "object" || claim === null || Array.isArray(claim)) return certificate;
  return inRun(certificate, "properties", () => [{ ...claim, ...changes }]);
}

const one: Json = { constant: 1, terms: {} };
const always: Json = [one];

/** A run for N of at least 1 without an action, or with some. */
function pathTo(evidence: Json, actions: Json[] = [], bound: Json = one): Json[] {
  const segments: Json[] = actions.length === 0 ? [] : [{ actions, times: one }];
  return [{ bound, segments, evidence }];
}

/** The first action of that name in the paths of a property. */
function actionIn(certificate: Json, property: string, name: string): Json {
  const paths = at(certificate, [...run, "properties"]);
  const text = JSON.stringify(paths);
  const found = new RegExp(
    `\\{"(?:slot|system)Move":\\d+,"opensGate":\\w+,"name":"${name}[^"]*"\\}`,
  ).exec(text);
  if (found === null) throw new Error(`${property} takes no ${name}`);
  const action: unknown = JSON.parse(found[0]);
  return isJson(action) ? action : null;
}

function isJson(value: unknown): value is Json {
  return value !== undefined;
}

function changedAt(certificate: Json, place: Place, value: Json): Json {
  return withAt(certificate, place, () => value);
}

/** The places of the system, as a list of numbers; the free slot is the first. */
function placesOf(certificate: Json): readonly number[] {
  const places = at(certificate, [...run, "places"]);
  return Array.isArray(places) ? places.map((_, id) => id) : [];
}

const injected = "~x| Int)(assert false)(declare-const |y";

/** What people tried, and what else could be tried. */
export const crafted: readonly CraftedForgery[] = [
  {
    name: "the release of another name",
    of: "hardened-fix",
    forge: (certificate) => changedAt(certificate, [...run, "release"], "v3.0.4"),
  },
  {
    name: "a script within a name",
    of: "v3.0.4",
    forge: (certificate) =>
      inRun(
        claiming(certificate, "neverStuck", { violatedFrom: null, paths: [] }),
        "invariant",
        (parts) => [
          ...(Array.isArray(parts) ? parts : []),
          { kind: "atLeast0", linear: { constant: 0, terms: { [injected]: 1 } } },
        ],
      ),
  },
  {
    name: "N in a bound",
    of: "v3.0.4",
    forge: (certificate: Json): Json => {
      const bound: Json = { constant: 1, terms: { N: 1 } };
      const paths = pathTo({ kind: "state", index: 0 }, [], bound);
      return claiming(certificate, "memoryBound", { violatedFrom: [bound], paths });
    },
  },
  {
    name: "rounds in a bound, and as often as a round",
    of: "v3.0.4",
    forge: (certificate: Json): Json => {
      const bound: Json = { constant: 1, terms: { X: 1, k: -1 } };
      const times: Json = { constant: 0, terms: { k: 1 } };
      const actions = [actionIn(certificate, "neverStuck", "ingest")];
      const evidence: Json = { kind: "state", index: 0 };
      const paths: Json = [{ bound, segments: [{ actions, times }], evidence }];
      return claiming(certificate, "memoryBound", { violatedFrom: [bound], paths });
    },
  },
  {
    name: "no bound at all",
    of: "v3.0.4",
    forge: (certificate) => claiming(certificate, "memoryBound", { violatedFrom: [] }),
  },
  {
    name: "no chunk that could be made",
    of: "v3.0.4",
    forge: (certificate: Json): Json => {
      const claim = claiming(certificate, "neverStuck", { violatedFrom: null, paths: [] });
      const empty = inRun(
        inRun(claim, "masks", () => []),
        "invariant",
        () => [],
      );
      return inRun(empty, "places", (places) => (Array.isArray(places) ? places.slice(0, 1) : []));
    },
  },
  {
    name: "a property that there is not",
    of: "v3.0.4",
    forge: (certificate) => claiming(certificate, "memoryBound", { property: "neverWrong" }),
  },
  {
    name: "no reason to leave any place",
    of: "v3.0.4",
    forge: (certificate) =>
      claiming(certificate, "noStarvation", { violatedFrom: null, departures: [[]], paths: [] }),
  },
  {
    name: "no run into the violation",
    of: "v3.0.4",
    forge: (certificate) => claiming(certificate, "memoryBound", { violatedFrom: always }),
  },
  {
    name: "a run that ends in no violation",
    of: "v3.0.4",
    forge: (certificate) =>
      claiming(certificate, "neverStuck", {
        violatedFrom: always,
        paths: pathTo({ kind: "state", index: 0 }),
      }),
  },
  {
    name: "a last action that violates nothing",
    of: "v3.0.4",
    forge: (certificate) =>
      claiming(certificate, "memoryBound", {
        violatedFrom: always,
        paths: pathTo({ kind: "action" }, [actionIn(certificate, "neverStuck", "ingest")]),
      }),
  },
  {
    name: "a run that takes more chunks than there are",
    of: "v3.0.4",
    forge: (certificate: Json): Json => {
      const fewer: Json = { constant: -1, terms: { T: 1, X: 1 } };
      const paths = at(claimOf(certificate, "neverStuck"), ["paths"]) ?? null;
      return claiming(certificate, "neverStuck", {
        violatedFrom: [fewer],
        paths: withAt(paths, [0, "bound"], () => fewer),
      });
    },
  },
  {
    name: "an invariant that never holds",
    of: "v3.0.4",
    forge: (certificate) =>
      inRun(
        claiming(certificate, "neverStuck", { violatedFrom: null, paths: [] }),
        "invariant",
        () => [{ kind: "some", of: [] }],
      ),
  },
  {
    name: "an invariant that holds at first only",
    of: "v3.0.4",
    forge: (certificate: Json): Json => {
      const names = at(certificate, [...run, "places"]);
      const live = Array.isArray(names)
        ? names
            .slice(1)
            .flatMap((name) => (typeof name === "string" ? [[`#${name}`, 1] as const] : []))
        : [];
      const terms: Record<string, Json> = Object.fromEntries(live);
      return inRun(
        claiming(certificate, "neverStuck", { violatedFrom: null, paths: [] }),
        "invariant",
        () => [{ kind: "equals0", linear: { constant: 0, terms } }],
      );
    },
  },
  {
    name: "ranks that do not fall",
    of: "hardened-fix",
    forge: (certificate: Json): Json => {
      const ids = placesOf(certificate);
      const departure: Json = {
        kind: "descent",
        places: ids.slice(1),
        deadEnd: false,
        ranks: ids.map(() => 0),
      };
      return claiming(certificate, "noStarvation", {
        violatedFrom: null,
        departures: [[departure]],
        paths: [],
      });
    },
  },
  {
    name: "nothing that would move",
    of: "v3.0.4",
    forge: (certificate) => claiming(certificate, "recovery", { violatedFrom: null, paths: [] }),
  },
  {
    name: "a trap of another property",
    of: "v3.0.4, one route each",
    forge: (certificate: Json): Json => {
      const cutOff = claimOf(certificate, "isolation");
      return claiming(certificate, "recovery", {
        violatedFrom: at(cutOff, ["violatedFrom"]) ?? null,
        paths: at(cutOff, ["paths"]) ?? null,
      });
    },
  },
  {
    name: "a trap with a way out",
    of: "v3.0.4, one route each",
    forge: (certificate) =>
      claiming(certificate, "isolation", {
        violatedFrom: always,
        paths: pathTo({ kind: "trap", online: [1], output: 1, parts: [] }, [
          actionIn(certificate, "isolation", "outputDown 0"),
          ingestFor(certificate, 1),
        ]),
      }),
  },
  {
    name: "a chunk that waits though it is owed something",
    of: "v3.0.4",
    forge: (certificate) =>
      claiming(certificate, "noStarvation", {
        violatedFrom: always,
        paths: pathTo({ kind: "loop", actions: [], waits: 1 }, [
          actionIn(certificate, "neverStuck", "ingest"),
        ]),
      }),
  },
  {
    name: "nobody who waits",
    of: "v3.0.4",
    forge: (certificate) =>
      claiming(certificate, "noStarvation", {
        violatedFrom: always,
        paths: pathTo({ kind: "loop", actions: [], waits: 1 }),
      }),
  },
];

/** That a chunk is made, in memory, for one output of two. */
function ingestFor(certificate: Json, output: number): Json {
  const name = `ingest: absent vacant unrouted unrouted -> up vacant ${output === 0 ? "routed unrouted" : "unrouted routed"}`;
  return actionIn(certificate, "isolation", name);
}
