import type { DecidingSetting } from "../../config/settings/setting-in-use.ts";
import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import type { ProofSummary } from "../../prove/proof-summary.ts";
import type { ScopeResult } from "../../explore/check-scope.ts";

/** A way into the stall at the real sizes, replayed step by step. */
export interface LiftedPath {
  readonly taskMapSize: number;
  readonly maxChunksUp: number;
  readonly chunks: number;
  /** What is done, with what is repeated folded; T and X are the sizes above. */
  readonly words: string;
  readonly steps: number;
  /** At the end: chunks in memory, tasks, live chunks. */
  readonly up: number;
  readonly tasks: number;
  readonly live: number;
}

/** A change to the configuration or the engine, and what the model says of it. */
export interface Remedy {
  readonly change: string;
  /** Whether a setting is enough, or less load, another version, or a patched build is needed. */
  readonly needs: "setting" | "load" | "version" | "build";
  /** Whether it is no cure, but more chunks have to wait before one output cuts off another. */
  readonly delays: boolean;
  /** What it costs, in words. */
  readonly cost: string;
  /** Null where the time was over before the model was asked. */
  readonly result: ScopeResult | null;
}

/** Whether a configuration can get stuck, all in all. */
export interface Decision {
  readonly answer: "stuck" | "free" | "undecided";
  /** Why nothing is decided, in sentences; empty otherwise. */
  readonly reasons: readonly string[];
  /** The limits without which it could not get stuck, such as `Mem_Buf_Limit of tail.0`. */
  readonly by: readonly string[];
  /** What else has to be so for the engine to get stuck, in sentences. */
  readonly conditions: readonly string[];
  /** What the model says will happen, whether or not it gets stuck, in sentences. */
  readonly consequences: readonly string[];
  /** Settings outside the model that may change the verdict. */
  readonly settings: readonly DecidingSetting[];
}

/** What was proved for any number of chunks at the limits of a configuration, or why nothing was. */
export type EverySize =
  | { readonly kind: "asked"; readonly proof: ProofSummary }
  | { readonly kind: "failed"; readonly sentence: string };

/** What the model says of a configuration. */
export interface ConfigurationVerdict {
  readonly configuration: FluentBitConfiguration;
  /** Null where nothing of the configuration is within the model. */
  readonly shape: {
    readonly inputs: readonly { readonly names: readonly string[] }[];
    readonly outputs: number;
    /** What the configuration calls each of them. */
    readonly outputNames: readonly string[];
    readonly masks: readonly (readonly number[])[];
    readonly simplifications: readonly string[];
  } | null;
  readonly judged: ScopeResult | null;
  readonly decision: Decision;
  /** Null where nothing is decided, or nobody asked. */
  readonly everySize: EverySize | null;
  /** Over all sizes that were judged; null where there are no two outputs. */
  readonly isolation: "holds" | "violated" | null;
  /** Null where the engine cannot get stuck, or where the path could not be lifted. */
  readonly lifted: LiftedPath | null;
  readonly remedies: readonly Remedy[];
  /** Whether a restart frees the stuck engine, tried on the model; null where it does not get stuck. */
  readonly restartFrees: boolean | null;
}
