import { markdownTable } from "../../src/report/markdown.ts";
import type { BenchResult, MeasuredGrowth, MeasuredScope } from "./measured.ts";
import type { Summary } from "./summary.ts";

function told({ median, least, most }: Summary, digits: number): string {
  const number = (value: number): string => value.toFixed(digits);
  return least === most
    ? number(median)
    : `${number(median)} (${number(least)} to ${number(most)})`;
}

function inThousands(count: number): string {
  return count.toLocaleString("en-US");
}

function scopeTable(measured: MeasuredScope): readonly string[] {
  const { scope, labelled, upToPermutation, contenders, tooMany } = measured;
  const first = contenders[0]?.seconds.median ?? Number.NaN;
  return [
    `## ${scope.name}`,
    "",
    `${inThousands(labelled)} labelled states, ${inThousands(upToPermutation)} up to permutation.`,
    "",
    markdownTable([
      ["whole process", "s by the clock", "s of the processor", "times the first", "MiB"],
      ...contenders.map((one) => [
        one.contender,
        told(one.wallSeconds, 2),
        told(one.seconds, 2),
        (one.seconds.median / first).toFixed(1),
        told(one.mebibytes, 0),
      ]),
    ]),
    ...(tooMany.length === 0 ? [] : ["", `Too many states for: ${tooMany.join("; ")}.`]),
    "",
  ];
}

function growthTable({ size, besides, points }: MeasuredGrowth): readonly string[] {
  const names = [
    ...new Set(points.flatMap(({ measured }) => measured.contenders.map((one) => one.contender))),
  ];
  return [
    `## How cost grows with ${size}`,
    "",
    `${besides}; seconds of the processor, medians.`,
    "",
    markdownTable([
      [size, "labelled states", "up to permutation", ...names],
      ...points.map(({ value, measured }) => [
        String(value),
        inThousands(measured.labelled),
        inThousands(measured.upToPermutation),
        ...names.map((name) => {
          const found = measured.contenders.find(({ contender }) => contender === name);
          return found === undefined ? "too many" : found.seconds.median.toFixed(2);
        }),
      ]),
    ]),
    "",
  ];
}

/** What a run of the bench found, in Markdown; the picture of the growth is beside it. */
export function performanceTable(result: BenchResult, picture: string): string {
  const { rounds, machine, compared, growth } = result;
  const each =
    rounds === 1 ? "One round." : `Medians of ${rounds} interleaved rounds (least to most).`;
  return [
    "# What a search costs, beside other tools",
    "",
    `Written by \`npm run bench\` on ${machine}. ${each}`,
    "Whole processes, v3.0.4, with the start of the process; SPIN's generation and compilation are not in its figures.",
    "Every tool finds the same number of labelled states, or the bench ends with an error.",
    "",
    ...compared.flatMap(scopeTable),
    `![Seconds of the processor by N, T and X](${picture})`,
    "",
    ...growth.flatMap(growthTable),
  ].join("\n");
}
