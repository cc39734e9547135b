import type { MetricsSample, OutputCounters } from "../metrics/metrics-sample.ts";
import { allBusyAreDown, busyIn } from "../run/storage-snapshot.ts";
import { worstFirst, type Finding } from "./finding.ts";
import { snapshotFinding } from "./judge-stuck.ts";
import type { Limits } from "./limits.ts";

/** A delivery within so many seconds is evidence of movement: the storage is told every five seconds. */
const window = 15;
/** A retry within so many seconds is evidence of an outage. */
const longWindow = 60;
/** With so many seconds between first and last sample nothing is said to stand still. */
const leastStill = 15;

/** The samples of one process, oldest first, with a time each. */
interface Series {
  readonly samples: readonly MetricsSample[];
  readonly last: MetricsSample;
  /** Seconds from the first to the last. */
  readonly span: number;
}

function totalOf(sample: MetricsSample, key: keyof OutputCounters): number {
  let total = 0;
  for (const counters of sample.outputs.values()) total += counters[key];
  return total;
}

function wentBack(before: OutputCounters | undefined, after: OutputCounters): boolean {
  if (before === undefined) return false;
  return (
    after.delivered < before.delivered ||
    after.retries < before.retries ||
    after.errors < before.errors ||
    after.dropped < before.dropped
  );
}

/** Whether a sample is one of a process that began after another sample: it says so, or its counters begin anew. */
function isOfNewProcess(before: MetricsSample, after: MetricsSample): boolean {
  if (before.started !== null && after.started !== null && before.started !== after.started) {
    return true;
  }
  const outputs = [...after.outputs].some(([name, counters]) =>
    wentBack(before.outputs.get(name), counters),
  );
  return (
    outputs || [...after.inputs].some(([name, records]) => records < (before.inputs.get(name) ?? 0))
  );
}

/** The samples since the process last began. */
function lastProcess(samples: readonly MetricsSample[]): readonly MetricsSample[] {
  let start = 0;
  let told: MetricsSample | null = null;
  for (const [index, sample] of samples.entries()) {
    if (sample.outputs.size === 0) continue;
    if (told !== null && isOfNewProcess(told, sample)) start = index;
    told = sample;
  }
  return samples.slice(start);
}

function seriesOf(samples: readonly MetricsSample[]): Series | null {
  const own = lastProcess(samples);
  const last = own.at(-1);
  if (last === undefined) return null;
  const first = own[0]?.time ?? null;
  const span = first === null || last.time === null ? 0 : last.time - first;
  return { samples: own, last, span };
}

/** The newest sample that is at least so many seconds older than the last; the first where none is. */
function before({ samples, last }: Series, seconds: number): MetricsSample | undefined {
  const withCounters = samples.filter(({ outputs }) => outputs.size > 0);
  const { time } = last;
  if (time === null) return withCounters[0];
  const older = withCounters.filter((sample) => (sample.time ?? time) <= time - seconds);
  return older.at(-1) ?? withCounters[0];
}

function growth(series: Series, key: keyof OutputCounters, seconds: number): number {
  const from = before(series, seconds);
  const to = series.samples.findLast(({ outputs }) => outputs.size > 0);
  return from === undefined || to === undefined ? 0 : totalOf(to, key) - totalOf(from, key);
}

/** The first sample from which on nothing was delivered or tried. */
function stillSince({ samples, last }: Series): MetricsSample {
  const same = (sample: MetricsSample): boolean =>
    sample.outputs.size === 0 ||
    last.outputs.size === 0 ||
    (totalOf(sample, "delivered") === totalOf(last, "delivered") &&
      totalOf(sample, "retries") === totalOf(last, "retries"));
  const moved = samples.findLastIndex((sample) => !same(sample));
  return samples[moved + 1] ?? last;
}

function losses({ last, samples }: Series): readonly Finding[] {
  const told = samples.findLast(({ outputs }) => outputs.size > 0) ?? last;
  return [...told.outputs]
    .filter(([, { dropped }]) => dropped > 0)
    .map(([output, { dropped }]) => ({
      kind: "dropped-records",
      verdict: "loss",
      output,
      records: dropped,
      since: null,
      last: told.place,
    }));
}

/**
 * Memory is full and no input has a chunk in it, so what fills it belongs to nobody who delivers it: dead letters that were read
 * at the start. New chunks cannot be brought up, so none gets a task.
 */
function lettersHoldMemory(series: Series, limits: Limits): Finding | null {
  const { last } = series;
  const { storage } = last;
  const { maxChunksUp } = limits;
  const held = storage?.filesystem?.up ?? 0;
  if (storage === null || maxChunksUp === null || held < maxChunksUp) return null;
  const looksSo = ({ storage: one }: MetricsSample): boolean =>
    one !== null &&
    (one.filesystem?.up ?? 0) >= maxChunksUp &&
    busyIn(one) === 0 &&
    [...one.inputs.values()].every(({ up }) => up === 0);
  const begun = series.samples.findLastIndex(
    (sample) => sample.storage !== null && !looksSo(sample),
  );
  const first = series.samples[begun + 1];
  if (first === undefined || !looksSo(last)) return null;
  const seconds = (last.time ?? 0) - (first.time ?? 0);
  const waits = [...storage.inputs.values()].some(({ down }) => down > 0);
  if (seconds < leastStill || !waits || growth(series, "delivered", seconds) > 0) return null;
  return {
    kind: "letters-hold-memory",
    verdict: "stuck",
    up: held,
    since: first.place,
    last: last.place,
  };
}

function pausedInputs({ last }: Series): readonly Finding[] {
  return last.paused.map((input) => ({
    kind: "paused",
    verdict: "paused",
    input,
    limit: "fluentbit_input_ingestion_paused is 1",
    forGood: false,
    refused: 0,
    since: null,
    last: last.place,
  }));
}

/** An output that gets nothing while others do, with chunks that have a task all the time. */
function standingStill(series: Series, busy: number, up: number): Finding | null {
  const { last, samples } = series;
  const end = last.time ?? 0;
  const late = samples.filter(({ time }) => time !== null && time >= end - window);
  const told = late.filter(({ storage }) => storage !== null);
  const alwaysBusy =
    told.length > 0 && told.every(({ storage }) => storage !== null && busyIn(storage) > 0);
  const from = before(series, window);
  if (from === undefined) return null;
  for (const [output, { delivered, retries }] of last.outputs) {
    // Where the storage is not told, an output that was away is not known to be back.
    const mayWait = told.length > 0 ? alwaysBusy : retries > 0;
    if (!mayWait || delivered > (from.outputs.get(output)?.delivered ?? 0)) continue;
    const since = samples.find((sample) => sample.outputs.get(output)?.delivered === delivered);
    return {
      kind: "standing-still",
      verdict: "undecided",
      output,
      busy,
      up,
      seconds: end - (since?.time ?? end),
      since: since?.place ?? null,
      last: last.place,
    };
  }
  return null;
}

function movement(series: Series, limits: Limits): Finding {
  const { last, samples, span } = series;
  const storage = samples.findLast((sample) => sample.storage !== null)?.storage ?? null;
  const busy = storage === null ? 0 : busyIn(storage);
  const up = storage?.filesystem?.up ?? 0;
  const place = { since: stillSince(series).place, last: last.place };
  const counted = samples.filter(({ outputs }) => outputs.size > 0).length;
  if (counted < 2) {
    const told = storage === null ? null : busy;
    return { kind: "one-sample", verdict: "undecided", busy: told, ...place };
  }
  const delivered = growth(series, "delivered", window);
  const retries = growth(series, "retries", longWindow);
  const still = standingStill(series, busy, up);
  if (delivered > 0 && still !== null) return still;
  if (delivered > 0 && retries === 0) {
    const full = busy >= limits.taskMapSize || up >= (limits.maxChunksUp ?? Infinity);
    // Old retries may wait: what has a task and is not in memory is not being delivered.
    const waits = storage !== null && allBusyAreDown(storage) === true && busy > 0;
    const outputs = [...last.outputs.keys()];
    return full || waits
      ? { kind: "draining", verdict: "draining", output: null, tasks: busy, ...place }
      : { kind: "healthy", verdict: "healthy", outputs, ...place };
  }
  const retried = growth(series, "retries", window);
  const open = { output: null, tasks: busy, ...place };
  if (delivered > 0 && retried === 0) return { kind: "draining", verdict: "draining", ...open };
  if (retried > 0) {
    const attempted = delivered > 0 || busy < limits.taskMapSize;
    return { kind: "failing", verdict: "failing", attempted, ...open };
  }
  if (busy > 0 || (storage?.filesystem?.down ?? 0) > 0 || up > 0) {
    const since = stillSince(series).time;
    const seconds = since === null || last.time === null ? span : last.time - since;
    return {
      kind: "standing-still",
      verdict: "undecided",
      output: null,
      busy,
      up,
      seconds,
      ...place,
    };
  }
  return { kind: "idle", verdict: "undecided", storageIsTold: storage !== null, ...place };
}

/** What the metrics of an engine say at their end, the worst first; nothing where there are none. */
export function judgeMetrics(
  samples: readonly MetricsSample[],
  limits: Limits,
): readonly Finding[] {
  const series = seriesOf(samples);
  if (series === null) return [];
  const storage = series.samples.findLast((one) => one.storage !== null)?.storage ?? null;
  const place = { since: stillSince(series).place, last: series.last.place };
  const snapshot = storage === null ? null : snapshotFinding(storage, limits, place);
  const stuck = lettersHoldMemory(series, limits) ?? snapshot;
  const moves = movement(series, limits);
  // What stands still at the time of a snapshot that only looks so need not be said twice; what moves refutes it.
  const shown = stuck?.verdict === "stuck" ? stuck : moves.verdict === "undecided" ? stuck : null;
  return worstFirst([
    ...(shown === null ? [moves] : [shown]),
    ...losses(series),
    ...pausedInputs(series),
  ]);
}
