import { zoneOf, type Diagnosis } from "../../diagnose/judge/diagnosis.ts";
import type { MetricsSample } from "../../diagnose/metrics/metrics-sample.ts";
import { busyIn } from "../../diagnose/run/storage-snapshot.ts";
import { attributes, escapeXml } from "../simulation/simulation-markup.ts";
import { countWords } from "../simulation/simulation-words.ts";

/** A quantity at moments: seconds on the clock of the log, and how much. */
type Points = readonly (readonly [number, number])[];

/** One plot. */
interface Plot {
  readonly title: string;
  /** Where it comes from, and its points. */
  readonly lines: readonly {
    readonly name: string;
    readonly kind: "line" | "line refused";
    readonly points: Points;
  }[];
  readonly limit: number | null;
}

const box = { width: 720, height: 110, left: 64, top: 24, right: 12 };
const inside = box.width - box.left - box.right;

function ofLog({ log }: Diagnosis): readonly Plot[] {
  if (log === null || log.timeline.stretches.length === 0) return [];
  const { begin, width, stretches } = log.timeline;
  const points = (key: "failed" | "refused" | "delivered", each: number): Points =>
    stretches.map((one, index) => [(begin + index * width) / 1000, one[key] / each]);
  const seconds = width / 1000;
  return [
    {
      title:
        "Retries per second, by the log: flushes that failed, and (second line) retries that found no memory",
      lines: [
        { name: "failed", kind: "line", points: points("failed", seconds) },
        { name: "no memory", kind: "line refused", points: points("refused", seconds) },
      ],
      limit: null,
    },
    {
      title: "Deliveries per second that are logged",
      lines: [{ name: "delivered", kind: "line", points: points("delivered", seconds) }],
      limit: null,
    },
  ];
}

function tasks({ log, samples, limits }: Diagnosis, zone: number): Plot {
  const waiting: Points =
    log === null
      ? []
      : log.timeline.stretches.map((one, index) => [
          (log.timeline.begin + index * log.timeline.width) / 1000,
          one.waiting,
        ]);
  const busy = gauge(samples, zone, (sample) =>
    sample.storage === null ? null : busyIn(sample.storage),
  );
  const { taskMapSize, taskMapIsKnown } = limits;
  return {
    title:
      "Tasks that wait for a retry, by the log; (second line) chunks that have a task, by the metrics",
    lines: [
      { name: "waiting", kind: "line", points: waiting },
      { name: "busy", kind: "line refused", points: busy },
    ],
    limit: taskMapIsKnown ? taskMapSize : null,
  };
}

function gauge(
  samples: readonly MetricsSample[],
  zone: number,
  value: (sample: MetricsSample) => number | null,
): Points {
  return samples.flatMap((sample) => {
    const amount = value(sample);
    return sample.time === null || amount === null ? [] : [[sample.time - zone, amount] as const];
  });
}

/** The growth of a counter for each second; none where it begins anew. */
function rate(
  samples: readonly MetricsSample[],
  zone: number,
  key: "delivered" | "retries",
): Points {
  const total = gauge(samples, zone, ({ outputs }) =>
    outputs.size === 0 ? null : [...outputs.values()].reduce((sum, one) => sum + one[key], 0),
  );
  return total.slice(1).map(([time, amount], index) => {
    const [before, last] = total[index] ?? [time, amount];
    return [time, time > before ? Math.max(0, amount - last) / (time - before) : 0] as const;
  });
}

function ofMetrics({ samples, limits }: Diagnosis, zone: number): readonly Plot[] {
  if (samples.length < 2) return [];
  const up = gauge(samples, zone, ({ storage }) => storage?.filesystem?.up ?? null);
  const line = (points: Points): Plot["lines"] => [{ name: "", kind: "line", points }];
  return [
    { title: "Chunks in memory, by the metrics", lines: line(up), limit: limits.maxChunksUp },
    {
      title: "Retries per second, by the metrics",
      lines: line(rate(samples, zone, "retries")),
      limit: null,
    },
    {
      title: "Records delivered per second, by the metrics",
      lines: line(rate(samples, zone, "delivered")),
      limit: null,
    },
  ];
}

/** Rates have fractions. */
function rounded(amount: number): string {
  return countWords(Math.round(amount * 10) / 10);
}

function drawn({ title, lines, limit }: Plot, [from, to]: readonly [number, number]): string {
  const all = lines.flatMap(({ points }) => points);
  const most = Math.max(0, ...all.map(([, amount]) => amount));
  const top = Math.max(1, most, limit !== null && limit <= 4 * most ? limit : 0);
  const bottom = box.top + box.height;
  const x = (time: number): number =>
    box.left + (to > from ? (time - from) / (to - from) : 0) * inside;
  const y = (amount: number): number => bottom - (amount / top) * box.height;
  const path = (points: Points): string =>
    points.map(([time, amount]) => `${x(time).toFixed(1)},${y(amount).toFixed(1)}`).join(" ");
  const text = (more: Readonly<Record<string, string | number>>, words: string): string =>
    `<text${attributes({ class: "value", ...more })}>${escapeXml(words)}</text>`;
  const limitLine =
    limit === null || limit > top
      ? ""
      : `<line${attributes({ class: "limit", x1: box.left, x2: box.left + inside, y1: y(limit), y2: y(limit) })}/>`;
  const figure = `most ${rounded(most)}${limit === null ? "" : `, limit ${countWords(limit)}`}`;
  return [
    `<figure><figcaption>${escapeXml(title)}</figcaption>`,
    `<svg${attributes({ viewBox: `0 0 ${box.width} ${bottom + 8}`, role: "img" })}><title>${escapeXml(`${title}: ${figure}`)}</title>`,
    text({ x: box.left + inside, y: 14, "text-anchor": "end" }, figure),
    text({ x: box.left - 8, y: box.top + 8, "text-anchor": "end" }, rounded(top)),
    text({ x: box.left - 8, y: bottom, "text-anchor": "end" }, "0"),
    `<rect${attributes({ class: "ground", x: box.left, y: bottom, width: inside, height: 1 })}/>`,
    ...lines
      .filter(({ points }) => points.length > 0)
      .map(({ kind, points }) => `<polyline${attributes({ class: kind, points: path(points) })}/>`),
    limitLine,
    "</svg></figure>",
  ].join("");
}

/** Tasks, chunks in memory, retries and deliveries of a run over time, one below the other on one axis. */
export function diagnosisPlots(diagnosis: Diagnosis): readonly string[] {
  const { log, samples } = diagnosis;
  const zone = log === null ? 0 : zoneOf(log, samples);
  const plots = [tasks(diagnosis, zone), ...ofMetrics(diagnosis, zone), ...ofLog(diagnosis)].filter(
    ({ lines }) => lines.some(({ points }) => points.length > 1),
  );
  const times = plots.flatMap(({ lines }) =>
    lines.flatMap(({ points }) => points.map(([time]) => time)),
  );
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const time of times) {
    from = Math.min(from, time);
    to = Math.max(to, time);
  }
  return plots.map((plot) => drawn(plot, [from, to]));
}
