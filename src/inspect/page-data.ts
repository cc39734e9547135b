import type { Chart } from "./charts/chart.ts";
import type { PackedScope } from "./packed-scope.ts";
import type { EndlessWait } from "./tell/loop-words.ts";
import type { Story } from "./tell/told-story.ts";

/** How a run goes on for ever after a path: action keys, from where the path ends. */
interface PageLasso {
  /** What leads from the end of the path to the loop; mostly nothing. */
  readonly approach: readonly string[];
  /** What is repeated for ever; empty where nothing is left to do. */
  readonly loop: readonly string[];
  readonly waits: readonly EndlessWait[];
}

/** The verdict on a property, with the way into the violation as action keys. */
export interface PageProperty {
  readonly name: string;
  readonly meaning: string;
  readonly verdict: "holds" | "violated" | "unknown";
  readonly vacuous: boolean;
  readonly path: readonly string[] | null;
  /** Whether the path ends in the violation itself, or where the endless loop begins. */
  readonly hasLength: boolean;
  /** Null where the violation is not one of progress. */
  readonly lasso: PageLasso | null;
  /** Index of the first action after which recovery is impossible. */
  readonly pointOfNoReturn: number | null;
}

/** A release at some sizes. */
export interface PageScope {
  readonly scope: PackedScope;
  /** The name of the scope, in words: addresses have it. */
  readonly name: string;
  /** Scopes of one group have the same sizes and can be compared. */
  readonly group: string;
  /** What the release is, in a sentence. */
  readonly summary: string;
  /** How large it is, and how large the real engine, in words. */
  readonly sizes: string;
  readonly charts: readonly Chart[];
  /** Null where the scope was not judged: its tables travel along for comparison only. */
  readonly judged: {
    readonly coverage: string;
    /** Whether every state of the scope was visited. */
    readonly complete: boolean;
    /** States, up to permutation of chunks. */
    readonly states: number;
    readonly properties: readonly PageProperty[];
  } | null;
}

/** Everything that a page shows; `mode` says where it gets what is not in here. */
export interface PageData {
  readonly mode: "file" | "explore" | "live";
  readonly version: string;
  /** Names what a server shows, so that it can tell a page of an earlier one from its own; empty in a file. */
  readonly served: string;
  readonly scopes: readonly PageScope[];
  /** What the run of a server tells; null where it tells nothing, and in a file: there each path tells its own. */
  readonly story: Story | null;
}

/** Whether a value read from a page is its data; the page and its data are written by the same program. */
export function isPageData(value: unknown): value is PageData {
  return (
    typeof value === "object" &&
    value !== null &&
    "mode" in value &&
    "scopes" in value &&
    Array.isArray(value.scopes)
  );
}
