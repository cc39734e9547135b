import { defaultParameters, parameterNames, type Parameters } from "../../models/parameters.ts";
import type { Candidate } from "./candidates.ts";
import { certificateFormat } from "./certificate-format.ts";
import type { CertifiedPath, CertifiedProperty, CertifiedRun } from "./certified-run.ts";
import { CertificateEntry } from "./certificate-entry.ts";
import { NoCertificate } from "./no-certificate.ts";
import type { CountedAction, CountedSystem } from "./counting.ts";
import type { Departure } from "./departure.ts";
import type { Evidence } from "./evidence.ts";
import type { Formula } from "./formula.ts";
import type { Linear } from "./linear.ts";
import { regionOf } from "./regions.ts";

function linear(entry: CertificateEntry): Linear {
  const terms = entry
    .at("terms")
    .entries()
    .map(([name, times]) => [name, times.whole()] as const);
  return { constant: entry.at("constant").whole(), terms: new Map(terms) };
}

function formula(entry: CertificateEntry): Formula {
  const kind = entry.at("kind").text();
  switch (kind) {
    case "atLeast0":
    case "equals0":
      return { kind, linear: linear(entry.at("linear")) };
    case "all":
    case "some":
      return { kind, of: entry.at("of").list().map(formula) };
    default:
      return entry.fails("a formula");
  }
}

function part(entry: CertificateEntry): Candidate {
  return {
    words: entry.at("words").text(),
    plain: entry.at("plain").truth(),
    formula: formula(entry.at("formula")),
  };
}

function departure(entry: CertificateEntry): Departure {
  const kind = entry.at("kind").text();
  const places = entry
    .at("places")
    .list()
    .map((one) => one.whole());
  const deadEnd = entry.at("deadEnd").truth();
  if (kind === "fairness") {
    return { kind, places, deadEnd, instance: entry.at("instance").whole() };
  }
  if (kind !== "descent") return entry.fails("a reason to leave");
  return {
    kind,
    places,
    deadEnd,
    ranks: entry
      .at("ranks")
      .list()
      .map((one) => one.whole()),
  };
}

function action(counted: CountedSystem, entry: CertificateEntry): CountedAction {
  const found = counted.actions[entry.at("index").whole()];
  if (found?.name !== entry.at("name").text()) return entry.misfits("an action of the model");
  return found;
}

function evidence(counted: CountedSystem, entry: CertificateEntry): Evidence {
  const kind = entry.at("kind").text();
  switch (kind) {
    case "state":
      return { kind, index: entry.at("index").whole() };
    case "action":
      return { kind };
    case "trap": {
      const online = entry
        .at("online")
        .list()
        .map((one) => one.whole());
      const region = regionOf(counted, online, ["engine", "input"]);
      const output = entry.at("output").whole();
      if (!online.includes(output)) return entry.misfits("a trap for an online output");
      return { kind, trap: { region, output, parts: entry.at("parts").list().map(part) } };
    }
    case "loop": {
      const actions = entry
        .at("actions")
        .list()
        .map((one) => action(counted, one));
      return { kind, loop: { actions, waits: entry.at("waits").whole() } };
    }
    default:
      return entry.fails("evidence");
  }
}

function path(counted: CountedSystem, entry: CertificateEntry): CertifiedPath {
  const segments = entry
    .at("segments")
    .list()
    .map((segment) => ({
      actions: segment
        .at("actions")
        .list()
        .map((one) => action(counted, one)),
      times: linear(segment.at("times")),
    }));
  return {
    bound: linear(entry.at("bound")),
    path: { segments },
    evidence: evidence(counted, entry.at("evidence")),
  };
}

function property(counted: CountedSystem, entry: CertificateEntry): CertifiedProperty {
  const from = entry.at("violatedFrom");
  const own = entry.at("invariant");
  return {
    property: entry.at("property").text(),
    violatedFrom: from.isNull ? null : from.list().map(linear),
    invariant: own.isNull ? null : own.list().map(part),
    putOff: entry
      .at("putOff")
      .list()
      .map((one) => one.text()),
    departures: entry
      .at("departures")
      .list()
      .map((groups) => groups.list().map(departure)),
    paths: entry
      .at("paths")
      .list()
      .map((one) => path(counted, one)),
  };
}

function parameters(entry: CertificateEntry): Parameters {
  const unknown = entry.entries().find(([key]) => !parameterNames.some((name) => name === key));
  if (unknown !== undefined) return entry.fails(`about known parameters: ${unknown[0]}`);
  const number = (name: string): number => entry.at(name).whole();
  const flag = (name: string): boolean => entry.at(name).truth();
  const routing = entry.at("routing").text();
  if (routing !== "all" && routing !== "any") return entry.fails("routing all or any");
  const unlimited = entry
    .entries()
    .some(([key, one]) => key === "retryLimit" && one.isText("unlimited"));
  return {
    ...defaultParameters,
    chunks: number("chunks"),
    taskMapSize: number("taskMapSize"),
    maxChunksUp: number("maxChunksUp"),
    outputs: number("outputs"),
    routing,
    retryLimit: unlimited ? "unlimited" : number("retryLimit"),
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
export interface RunOnPaper {
  readonly release: string;
  readonly parameters: Parameters;
  /** The routes masks, where they are known better than `routing` says. */
  readonly masks: readonly (readonly number[])[] | null;
  /** The scripts that the file holds, in order. */
  readonly scripts: readonly string[];
  /** Reads the rest, against the model. */
  readonly read: (counted: CountedSystem) => CertifiedRun;
}

/**
 * Reads a certificate.
 *
 * @throws NoCertificate if it is none, with the place in the file.
 */
export function readCertificate(json: unknown): readonly RunOnPaper[] {
  const root = new CertificateEntry("the certificate", json);
  if (root.at("format").text() !== certificateFormat) {
    throw new NoCertificate(`the certificate has another format than "${certificateFormat}"`);
  }
  return root
    .at("runs")
    .list()
    .map((run): RunOnPaper => {
      const release = run.at("release").text();
      const shape = parameters(run.at("parameters"));
      const masks = run.at("masks");
      return {
        release,
        parameters: shape,
        masks: masks.isNull
          ? null
          : masks.list().map((mask) => mask.list().map((output) => output.whole())),
        scripts: run
          .at("obligations")
          .list()
          .map((one) => one.at("smtLib").text()),
        read: (counted) => ({
          release,
          parameters: shape,
          invariant: run.at("invariant").list().map(part),
          properties: run
            .at("properties")
            .list()
            .map((one) => property(counted, one)),
        }),
      };
    });
}
