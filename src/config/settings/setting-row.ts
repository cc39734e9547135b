/** Where a setting stands: a kind of section, or a section that is a setting as a whole. */
export type SettingPlace = "service" | "input" | "filter" | "output" | "section";

/**
 * What a setting can do to the verdict on getting stuck. `adds`: an engine that could not get stuck
 * may; `removes`: one that could may not; `both`.
 */
export type Change = "adds" | "removes" | "both";

/** When a setting that can change the verdict does so; in any other use it is harmless. */
export type Condition =
  /** It stands in an input that stores chunks on disk, and is on. */
  | "filesystem"
  /** It stands in an output that chunk files reach, and is on. */
  | "reached"
  /** It is a processor that creates an input of its own. */
  | "emits"
  | "always";

interface Row {
  readonly place: SettingPlace;
  /** As Fluent Bit's documentation writes it; a dot at the end stands for everything below it. */
  readonly key: string;
  /** A sentence without its full stop. */
  readonly why: string;
  /** The C function that shows it, as in `flb_task.c::flb_task_retry_create`. */
  readonly cFunction?: string;
  /** The first release that has it; before, it does nothing. */
  readonly since?: readonly [major: number, minor: number, patch: number];
}

/** The model has it: verdicts follow it. */
export interface ModelledSetting extends Row {
  readonly kind: "modelled";
}

/** The model does not have it, and it cannot change a verdict. */
export interface HarmlessSetting extends Row {
  readonly kind: "harmless";
  /** Whether reports name it: it is about the life of chunks, so that a reader may wonder. */
  readonly told?: true;
}

/** The model does not have it, and it may change a verdict. */
export interface UndecidedSetting extends Row {
  readonly kind: "undecided";
  readonly changes: Change;
  readonly when: Condition;
  /** Why it is harmless in any other use. */
  readonly otherwise?: string;
}

/** One setting of Fluent Bit, and what it means for the verdicts. */
export type SettingRow = ModelledSetting | HarmlessSetting | UndecidedSetting;

type Details<R> = Omit<R, "kind" | "place" | "key">;

/** Builds the rows of one place. */
export function rowsOf(place: SettingPlace): {
  readonly modelled: (key: string, details: Details<ModelledSetting>) => SettingRow;
  readonly harmless: (key: string, details: Details<HarmlessSetting>) => SettingRow;
  readonly undecided: (key: string, details: Details<UndecidedSetting>) => SettingRow;
} {
  return {
    modelled: (key, details) => ({ kind: "modelled", place, key, ...details }),
    harmless: (key, details) => ({ kind: "harmless", place, key, ...details }),
    undecided: (key, details) => ({ kind: "undecided", place, key, ...details }),
  };
}
