/** One quantity of a run over time: a value for each column. */
export interface SimulationSeries {
  readonly label: string;
  readonly values: readonly number[];
  /** Where it ends; null where it has no bound. */
  readonly limit: number | null;
  /** The most there was at any step, which may be more than in any column. */
  readonly most: number;
  /** The upper end of the plot: the same for all runs. */
  readonly top: number;
}

/** One kind of log line: lines that differ in numbers and addresses only. */
interface SimulationLogKind {
  /** The first line of its kind. */
  readonly line: string;
  /** How many lines of this kind were written in each column. */
  readonly counts: readonly number[];
}

/** What is true of a run in one column, whatever becomes of it later. */
export interface SimulationPageMoment {
  /** Stuck for good: nothing else is shown in red. */
  readonly isStuck: boolean;
  readonly words: string;
}

/** What one release made of the story. */
export interface SimulationPageRun {
  readonly release: string;
  readonly summary: string;
  /** Its limits, and its load, in a few words each. */
  readonly setting: readonly string[];
  /** What is true at the end of the story. */
  readonly end: string;
  /** What is true in each column. */
  readonly moments: readonly SimulationPageMoment[];
  readonly outcome: "stuck" | "recovered" | "open";
  /** The column in which it got stuck for good; null if it did not. */
  readonly stuckAt: number | null;
  readonly stuckWords: string;
  readonly series: readonly SimulationSeries[];
  readonly log: readonly SimulationLogKind[];
}

/** A phase of the story, from one place on the axis to another: whole columns and parts of them. */
export interface SimulationPagePhase {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly kind: "healthy" | "outage" | "silent";
  /** What the outputs and the input do in it. */
  readonly words: string;
}

/** A simulation as a page shows it. Time runs in columns, finer ones where something fills up or stops. */
export interface SimulationPageData {
  readonly mode: "simulation";
  readonly title: string;
  readonly story: string;
  /** The virtual time at the end of each column, in seconds. */
  readonly ends: readonly number[];
  /** The same in words. */
  readonly times: readonly string[];
  readonly phases: readonly SimulationPagePhase[];
  readonly runs: readonly SimulationPageRun[];
  /** The outcome as a table: the first row is the heading, the first column says what. */
  readonly outcome: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** Whether a value read from a page is a simulation; the page and its data are written by the same program. */
export function isSimulationPageData(value: unknown): value is SimulationPageData {
  return (
    typeof value === "object" && value !== null && "mode" in value && value.mode === "simulation"
  );
}
