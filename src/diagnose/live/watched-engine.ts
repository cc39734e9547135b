import { EngineLogs } from "../log/engine-logs.ts";
import type { Diagnosis, LimitsOf } from "../judge/diagnosis.ts";
import { compareFindings } from "../judge/finding.ts";
import { judgedEngines } from "../judge/judged-engines.ts";
import type { ToldMetrics } from "./endpoint.ts";
import { SampleHistory } from "./sample-history.ts";

/** So many questions in a row without an answer are told; one that is missed is none. */
const missedAreTold = 2;

/** How an engine fares at a moment. */
export interface WatchStatus {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The last run of the engine; of several where the log is that of several. The worst first; empty while nothing is known. */
  readonly diagnoses: readonly Diagnosis[];
  /** Since when (milliseconds since the epoch) it does not answer, and why; null while it does. */
  readonly unanswered: { readonly since: number; readonly why: string } | null;
}

/** When something was told, for people: local time. */
export function clockWords(milliseconds: number): string {
  const at = new Date(milliseconds);
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("/");
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":")}`;
}

/** What was seen of a live engine so far, and what that allows to say: the evidence and the judge are those of `diagnose`. */
export class WatchedEngine {
  readonly #address: string;
  readonly #limitsOf: LimitsOf;
  readonly #logs: EngineLogs;
  readonly #history = new SampleHistory();
  #log: { readonly path: string; readonly grownAt: number } | null = null;
  #missed: { count: number; readonly since: number; why: string } | null = null;

  /** @param address what names the engine: the address that is asked */
  constructor(address: string, limitsOf: LimitsOf) {
    this.#address = address;
    this.#limitsOf = limitsOf;
    this.#logs = new EngineLogs((version) => limitsOf(version, null).taskMapSize);
  }

  /** Takes an answer. */
  takeMetrics(told: ToldMetrics, now: number): void {
    this.#missed = null;
    const place = { file: this.#address, line: 0, at: clockWords(now) };
    const last = this.#history.samples.at(-1);
    // An engine that has told of its storage once does so until it ends.
    const isNew = told.storage === null && told.outputs.size > 0 && last?.storage !== null;
    if (isNew) this.#history.forget();
    this.#history.add({ ...told, place, time: now / 1000 });
  }

  /** Says that there was no answer, and why. */
  miss(why: string, now: number): void {
    if (this.#missed === null) this.#missed = { count: 1, since: now, why };
    else {
      this.#missed.count++;
      this.#missed.why = why;
    }
  }

  /** Takes a line of the log. */
  takeLine(path: string, number: number, content: string): void {
    this.#logs.take(path, path, number, content);
  }

  /** Says that the log was read to its end, and when it last grew. */
  logIsRead(path: string, grownAt: number): void {
    this.#log = { path, grownAt };
  }

  /** Whether any line of the log was one of Fluent Bit's. */
  get knowsTheLog(): boolean {
    return this.#logs.engines.length > 0;
  }

  /** What can be said now. */
  status(now: number): WatchStatus {
    const missed = this.#missed;
    const unanswered =
      missed === null || missed.count < missedAreTold
        ? null
        : { since: missed.since, why: missed.why };
    if (this.#log !== null) this.#logs.pass(this.#log.path, Math.max(0, now - this.#log.grownAt));
    // What was answered before says nothing of now.
    const samples = unanswered === null ? this.#history.samples : [];
    const engines = this.#followsTheEngine(unanswered?.since ?? null) ? this.#logs.engines : [];
    const all = judgedEngines(
      { engines, samples: new Map([[this.#address, samples]]) },
      this.#limitsOf,
      (place) => place,
    );
    const last = all.filter(({ run, runs }) => run === runs);
    const diagnoses = last.toSorted((a, b) => compareFindings(a.findings[0], b.findings[0]));
    return { at: now, diagnoses, unanswered };
  }

  /**
   * Whether the log is that of the process that is asked. One that was rotated away, or is another process's, is not: then the
   * counters go on after its last line, which says that the engine is stuck; or the engine is gone, and the log silent since before.
   */
  #followsTheEngine(goneSince: number | null): boolean {
    if (this.#log === null) return false;
    const { grownAt } = this.#log;
    if (goneSince !== null) return grownAt >= goneSince;
    const isStuck = judgedEngines(
      { engines: this.#logs.engines, samples: new Map() },
      this.#limitsOf,
      (place) => place,
    ).some(
      ({ run, runs, findings }) =>
        run === runs && findings.some(({ verdict }) => verdict === "stuck"),
    );
    return !isStuck || !this.#history.deliveredSince(grownAt / 1000);
  }
}
