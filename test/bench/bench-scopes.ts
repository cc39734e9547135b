/** A scope that is measured: sizes of v3.0.4 with one output, as `--set` takes them. */
export interface BenchScope {
  readonly name: string;
  readonly settings: Readonly<Record<string, number>>;
}

/** Scopes of which one size grows. */
export interface Growth {
  /** The size that grows, such as `N`. */
  readonly size: string;
  /** What the others are. */
  readonly besides: string;
  readonly points: readonly { readonly value: number; readonly scope: BenchScope }[];
}

function sized(
  chunks: number,
  taskMapSize: number,
  maxChunksUp: number,
  outputs: number,
  overLimitQuota: number,
): BenchScope {
  return {
    name: `N=${chunks} T=${taskMapSize} X=${maxChunksUp} M=${outputs} Q=${overLimitQuota}`,
    settings: { chunks, taskMapSize, maxChunksUp, outputs, overLimitQuota },
  };
}

/** What one run of `npm run bench` measures. */
export interface BenchPlan {
  readonly rounds: number;
  readonly compared: readonly BenchScope[];
  readonly growth: readonly Growth[];
}

function growth(values: readonly (readonly number[])[]): readonly Growth[] {
  const [chunks = [], tasks = [], up = []] = values;
  return [
    {
      size: "N",
      besides: "T=3 X=3 M=1 Q=1",
      points: chunks.map((value) => ({ value, scope: sized(value, 3, 3, 1, 1) })),
    },
    {
      size: "T",
      besides: "N=8 X=3 M=1 Q=1",
      points: tasks.map((value) => ({ value, scope: sized(8, value, 3, 1, 1) })),
    },
    {
      size: "X",
      besides: "N=8 T=3 M=1 Q=1",
      points: up.map((value) => ({ value, scope: sized(8, 3, value, 1, 1) })),
    },
  ];
}

/** All that the figures in the docs are of. */
export const fullPlan: BenchPlan = {
  rounds: 5,
  compared: [sized(3, 2, 2, 1, 0), sized(7, 3, 3, 2, 1)],
  growth: growth([
    [4, 6, 8],
    [1, 2, 3],
    [1, 2, 3],
  ]),
};

/** The same in small: ends within a minute, and says little. */
export const quickPlan: BenchPlan = {
  rounds: 1,
  compared: [sized(3, 2, 2, 1, 0), sized(4, 2, 2, 1, 1)],
  growth: growth([
    [4, 6],
    [1, 2],
    [1, 2],
  ]),
};
