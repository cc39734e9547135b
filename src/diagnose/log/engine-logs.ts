import { EngineRun } from "../run/engine-run.ts";
import type { Mark } from "../run/mark.ts";
import { DumpReader } from "./dump-reader.ts";
import { bareEventOf, logEventOf, type LogEvent } from "./log-event.ts";
import { LineUnwrapper, type UnwrappedLine } from "./unwrap-line.ts";

/** The engine whose lines these are. */
export interface LoggedEngine {
  /** The log that its lines stand in. */
  readonly log: string;
  /** What stands before its lines and names it, as a pod; empty where nothing does. */
  readonly source: string;
  readonly runs: EngineRun[];
  /** Whether the clock went back by more than lines of several threads are apart. */
  clockWentBack: boolean;
}

interface Reading extends LoggedEngine {
  readonly dump: DumpReader;
  /** The start lines that the last run has had, and whether it had others. */
  started: Set<LogEvent["kind"]>;
  hasBody: boolean;
  lastTime: number;
  shift: number;
  lastAt: string | null;
}

const mostEngines = 1000;

/** Lines of several threads are not always in order. */
const disorder = 2000;

/** Lines that were left out: by who trimmed the log, or by a journal that was flooded. */
const leftOut =
  /\b(\d+) (?:lines|messages) (?:cut|left out|omitted|suppressed|dropped)|\bsuppressed (\d+) messages/i;

const beginning: ReadonlySet<LogEvent["kind"]> = new Set(["banner", "configured", "started"]);
// The engine's own lines: a plugin may have a level of its own.
const ofThePlugins = /^\[(?:input|output|filter|processor|parser|custom):/;

/** Reads the logs of engines, line by line: one run after another, several engines side by side. */
export class EngineLogs {
  readonly #engines = new Map<string, Reading>();
  readonly #unwrappers = new Map<string, LineUnwrapper>();
  readonly #taskMapSizeOf: (version: string | null) => number;
  #sequence = 0;

  /** @param taskMapSizeOf the size of the task map of a version; null where the log does not say which it is */
  constructor(taskMapSizeOf: (version: string | null) => number) {
    this.#taskMapSizeOf = taskMapSizeOf;
  }

  /** The engines of which lines were found. */
  get engines(): readonly LoggedEngine[] {
    return [...this.#engines.values()].filter(({ runs }) => runs.length > 0);
  }

  /**
   * Takes a line; one that Fluent Bit did not log is passed over.
   *
   * @param file the file that it stands in
   * @param log the log that the file is a part of: files of one log are one engine
   * @param number its number in the file, from 1
   * @returns whether the line was one of a log of Fluent Bit
   */
  take(file: string, log: string, number: number, content: string): boolean {
    let unwrapper = this.#unwrappers.get(file);
    if (unwrapper === undefined) {
      unwrapper = new LineUnwrapper();
      this.#unwrappers.set(file, unwrapper);
    }
    let known = false;
    for (const line of unwrapper.unwrap(content)) {
      if (this.#takeLine(file, log, number, line)) known = true;
    }
    return known;
  }

  /** Says that a log that is being written has no line yet after its last one, which is so old (milliseconds). */
  pass(log: string, milliseconds: number): void {
    for (const engine of this.#engines.values()) {
      if (engine.log === log) engine.runs.at(-1)?.pass(milliseconds);
    }
  }

  #engine(log: string, named: string): Reading {
    // So many names are none: something that counts stands before the lines.
    const source = this.#engines.size < mostEngines ? named : "";
    const key = `${log}\n${source}`;
    let engine = this.#engines.get(key);
    if (engine === undefined) {
      engine = {
        log,
        source,
        runs: [],
        clockWentBack: false,
        dump: new DumpReader(),
        started: new Set(),
        hasBody: false,
        lastTime: Number.NEGATIVE_INFINITY,
        shift: 0,
        lastAt: null,
      };
      this.#engines.set(key, engine);
    }
    return engine;
  }

  #takeLine(file: string, log: string, number: number, line: UnwrappedLine): boolean {
    const { stamped, content } = line;
    if (stamped === null) return this.#takeBare(file, log, number, line);
    const engine = this.#engine(log, line.source);
    const event = logEventOf(stamped.text, stamped.level);
    const run = this.#runFor(engine, event);
    const mark = this.#mark(engine, file, number, stamped.time, stamped.at);
    if (stamped.level === "info" && !ofThePlugins.test(stamped.text)) run.tellsInfo = true;
    run.take(mark, event, this.#taskMapSizeOf(run.version));
    return content !== "";
  }

  #takeBare(file: string, log: string, number: number, line: UnwrappedLine): boolean {
    const engine = this.#engine(log, line.source);
    const event = bareEventOf(line.content);
    const mark = (): Mark => this.#mark(engine, file, number, null, null);
    if (event !== null) {
      const run = this.#runFor(engine, event);
      run.take(mark(), event, this.#taskMapSizeOf(run.version));
      return true;
    }
    const snapshot = engine.dump.take(line.content);
    if (snapshot !== null) {
      this.#runFor(engine, null).takeDump(mark(), snapshot);
      return true;
    }
    const [, before, after] = leftOut.exec(line.content) ?? [];
    const run = engine.runs.at(-1);
    if (run !== undefined) run.linesLeftOut += Number(before ?? after ?? 0);
    return false;
  }

  /** The run that a line belongs to: a new one where an engine starts. */
  #runFor(engine: Reading, event: LogEvent | null): EngineRun {
    let run = engine.runs.at(-1);
    const begins = event !== null && beginning.has(event.kind);
    const startsAnew =
      begins &&
      (engine.hasBody ||
        engine.started.has(event.kind) ||
        (engine.started.has("started") && event.kind !== "started"));
    if (run === undefined || startsAnew) {
      run = new EngineRun();
      engine.runs.push(run);
      engine.started = new Set();
      engine.hasBody = false;
    }
    if (begins) engine.started.add(event.kind);
    // What is logged before the version says nothing of chunks.
    else if (event !== null && event.kind !== "storage") engine.hasBody = true;
    return run;
  }

  #mark(engine: Reading, file: string, line: number, time: number | null, at: string | null): Mark {
    if (time !== null) {
      let shown = time + engine.shift;
      if (shown < engine.lastTime - disorder) {
        engine.clockWentBack = true;
        engine.shift += engine.lastTime - shown;
        shown = engine.lastTime;
      }
      engine.lastTime = Math.max(engine.lastTime, shown);
      engine.lastAt = at;
    }
    return {
      file,
      line,
      at: at ?? engine.lastAt,
      time: Number.isFinite(engine.lastTime) ? engine.lastTime : 0,
      sequence: ++this.#sequence,
    };
  }
}
