import { defaultParameters, parameterNames, type Parameters } from "../../../models/parameters.ts";
import { CertificateEntry } from "./certificate-entry.ts";
import { certificateFormat } from "./certificate-format.ts";
import type {
  CertifiedPath,
  CertifiedProperty,
  CertifiedRun,
  CertifiedSystem,
  Departure,
  Evidence,
} from "../checker/certificate.ts";
import type { Action, Counted } from "../checker/counted.ts";
import type { Formula } from "../logic/formula.ts";
import type { Linear } from "../logic/linear.ts";
import { NoCertificate } from "./no-certificate.ts";

const limits: ReadonlySet<string> = new Set(["T", "X", "Q"]);
const sizes: ReadonlySet<string> = new Set(["N", "T", "X", "Q"]);

/** No formula of a proof is nested so deeply. */
const deepest = 16;

/** A sum of multiples of these variables, and of no other ones. */
function linear(
  entry: CertificateEntry,
  variables: ReadonlySet<string>,
  what = `a multiple of one of ${[...variables].join(", ")}`,
): Linear {
  const terms = entry
    .at("terms")
    .entries()
    .map(([name, factor]): readonly [string, number] => {
      if (!variables.has(name)) return factor.misfits(what);
      const times = factor.whole();
      return times === 0 ? factor.fails("a factor other than 0") : [name, times];
    });
  return { constant: entry.at("constant").whole(), terms: new Map(terms) };
}

function formula(
  { variables }: Pick<Counted, "variables">,
  entry: CertificateEntry,
  depth = 0,
): Formula {
  if (depth > deepest) return entry.fails(`nested at most ${deepest} deep`);
  const kind = entry.at("kind").text();
  switch (kind) {
    case "atLeast0":
    case "equals0":
      return {
        kind,
        linear: linear(entry.at("linear"), variables, "a multiple of something that is counted"),
      };
    case "all":
    case "some": {
      const parts = entry.at("of").list();
      return { kind, of: parts.map((one) => formula({ variables }, one, depth + 1)) };
    }
    default:
      return entry.fails("a formula");
  }
}

function formulas(counted: Counted, entry: CertificateEntry): readonly Formula[] {
  return entry.list().map((one) => formula(counted, one));
}

/** Different numbers of things that the model has so many of. */
function indices(
  entry: CertificateEntry,
  things: { readonly length: number },
  what: string,
): readonly number[] {
  const found = entry.list().map((one) => one.indexOf(things, what));
  return new Set(found).size === found.length ? found : entry.fails("a list of different numbers");
}

function departure({ system }: Counted, entry: CertificateEntry): Departure {
  const kind = entry.at("kind").text();
  const places = indices(entry.at("places"), system.places, "a place of the model");
  const deadEnd = entry.at("deadEnd").truth();
  switch (kind) {
    case "fairness": {
      const duties = system.fairnessInstances;
      const instance = entry.at("instance").indexOf(duties, "something that is owed to a chunk");
      return { kind, places, deadEnd, instance };
    }
    case "descent": {
      const ranks = entry.at("ranks").list();
      return ranks.length === system.places.length
        ? { kind, places, deadEnd, ranks: ranks.map((one) => one.whole()) }
        : entry.at("ranks").misfits("a rank for each place of the model");
    }
    default:
      return entry.fails("a reason to leave");
  }
}

function action({ actions }: Counted, entry: CertificateEntry): Action {
  const isOfSlot = entry.has("slotMove");
  const id = entry.at(isOfSlot ? "slotMove" : "systemMove").whole();
  const opensGate = entry.at("opensGate").truth();
  const found = actions.find(
    ({ move, ...one }) =>
      move.id === id && "rule" in move === isOfSlot && one.opensGate === opensGate,
  );
  if (found?.name !== entry.at("name").text()) return entry.misfits("an action of the model");
  return found;
}

function evidence(counted: Counted, entry: CertificateEntry): Evidence {
  const kind = entry.at("kind").text();
  const { places, vocabulary } = counted.system;
  switch (kind) {
    case "state":
      return { kind, index: entry.at("index").whole() };
    case "action":
      return { kind };
    case "trap":
      return {
        kind,
        online: indices(entry.at("online"), vocabulary.online, "an output of the model"),
        output: entry.at("output").indexOf(vocabulary.online, "an output of the model"),
        parts: formulas(counted, entry.at("parts")),
      };
    case "loop":
      return {
        kind,
        actions: entry
          .at("actions")
          .list()
          .map((one) => action(counted, one)),
        waits: entry.at("waits").indexOf(places, "a place of the model"),
      };
    default:
      return entry.fails("evidence");
  }
}

function path(counted: Counted, entry: CertificateEntry): CertifiedPath {
  return {
    bound: linear(entry.at("bound"), limits),
    segments: entry
      .at("segments")
      .list()
      .map((segment) => ({
        actions: segment
          .at("actions")
          .list()
          .map((one) => action(counted, one)),
        times: linear(segment.at("times"), sizes),
      })),
    evidence: evidence(counted, entry.at("evidence")),
  };
}

function property(counted: Counted, entry: CertificateEntry): CertifiedProperty {
  const { properties, slotMoves } = counted.system;
  const from = entry.at("violatedFrom");
  const own = entry.at("invariant");
  const name = entry.at("property").text();
  if (!properties.some((one) => one.name === name)) {
    return entry.at("property").misfits("a property of the model");
  }
  const bounds = from.isNull ? null : from.list().map((one) => linear(one, limits));
  if (bounds?.length === 0) return from.fails("a list of at least one bound");
  return {
    property: name,
    violatedFrom: bounds,
    invariant: own.isNull ? null : formulas(counted, own),
    putOff: entry
      .at("putOff")
      .list()
      .map((one) =>
        slotMoves.some((move) => one.isText(move.action))
          ? one.text()
          : one.misfits("an action of a chunk"),
      ),
    departures: entry
      .at("departures")
      .list()
      .map((groups) => groups.list().map((one) => departure(counted, one))),
    paths: entry
      .at("paths")
      .list()
      .map((one) => path(counted, one)),
  };
}

function properties(counted: Counted, entry: CertificateEntry): readonly CertifiedProperty[] {
  const found = entry.list().map((one) => property(counted, one));
  const names = found.map((one) => one.property);
  return new Set(names).size === names.length
    ? found
    : entry.fails("a list of properties that names none twice");
}

/** The parameters of which certificates speak; the others have their defaults. */
const certified: ReadonlySet<string> = new Set([
  ...["chunks", "taskMapSize", "maxChunksUp", "outputs", "routing", "retryLimit"],
  ...["overLimitQuota", "releaseOnClose", "checkMapFirst", "pauseOnChunksOverlimit"],
  ...["evictIdleWhenMapFull", "crash", "schedulerFails", "shutdown", "detachOnOutputExit"],
]);

function parameters(entry: CertificateEntry): Parameters {
  const unknown = entry.entries().find(([key]) => !parameterNames.some((name) => name === key));
  if (unknown !== undefined) return unknown[1].misfits("a parameter of the model");
  const further = parameterNames.find(
    (name) =>
      !certified.has(name) && entry.has(name) && !entry.at(name).isJson(defaultParameters[name]),
  );
  if (further !== undefined)
    return entry.at(further).misfits("its default: no certificate speaks of it");
  const number = (name: string): number => entry.at(name).whole();
  const flag = (name: string): boolean => entry.at(name).truth();
  const routing = entry.at("routing").text();
  if (routing !== "all" && routing !== "any") return entry.at("routing").fails("all or any");
  const retryLimit = entry.at("retryLimit");
  return {
    ...defaultParameters,
    chunks: number("chunks"),
    taskMapSize: number("taskMapSize"),
    maxChunksUp: number("maxChunksUp"),
    outputs: number("outputs"),
    routing,
    retryLimit: retryLimit.isText("unlimited") ? "unlimited" : retryLimit.whole(),
    overLimitQuota: number("overLimitQuota"),
    releaseOnClose: flag("releaseOnClose"),
    checkMapFirst: flag("checkMapFirst"),
    pauseOnChunksOverlimit: flag("pauseOnChunksOverlimit"),
    evictIdleWhenMapFull: flag("evictIdleWhenMapFull"),
    crash: flag("crash"),
    schedulerFails: flag("schedulerFails"),
    shutdown: flag("shutdown"),
    detachOnOutputExit: flag("detachOnOutputExit"),
  };
}

/** One run of a certificate, before the model is asked what it is about. */
export interface RunOnPaper extends CertifiedSystem {
  /** Reads the rest, against the model. */
  readonly read: (counted: Counted) => CertifiedRun;
}

function run(entry: CertificateEntry): RunOnPaper {
  const masks = entry.at("masks");
  return {
    release: entry.at("release").text(),
    parameters: parameters(entry.at("parameters")),
    masks: masks.isNull
      ? null
      : masks.list().map((mask) => mask.list().map((output) => output.whole())),
    read: (counted) => {
      const places = entry.at("places").list();
      const known = counted.system.places;
      if (
        places.length !== known.length ||
        !known.every(({ name }, id) => places[id]?.isText(name))
      ) {
        return entry.at("places").misfits("the places of the model");
      }
      return {
        invariant: formulas(counted, entry.at("invariant")),
        properties: properties(counted, entry.at("properties")),
      };
    },
  };
}

/**
 * Reads a certificate. What it speaks of is looked up in the model: variables, places, actions, outputs, properties.
 *
 * @throws NoCertificate if it is none, with the place in the file.
 */
export function readCertificate(json: unknown): readonly RunOnPaper[] {
  const root = new CertificateEntry("the certificate", json);
  if (root.at("format").text() !== certificateFormat) {
    throw new NoCertificate(`the certificate has another format than "${certificateFormat}"`);
  }
  return root.at("runs").list().map(run);
}
