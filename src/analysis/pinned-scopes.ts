import type { Parameters } from "../../models/parameters.ts";

/** A scope at which `check` judges every release. */
export interface PinnedScope {
  /** One letter, by which the table names the scope. */
  readonly letter: string;
  readonly title: string;
  readonly settings: Partial<Parameters>;
}

/** Small scopes that between them show everything that is known of the releases. */
export const pinnedScopes: readonly PinnedScope[] = [
  { letter: "a", title: "one output", settings: {} },
  { letter: "b", title: "two outputs", settings: { outputs: 2 } },
  {
    letter: "c",
    title: "any routes, crashes",
    settings: { chunks: 3, outputs: 2, routing: "any", crash: true },
  },
  {
    letter: "d",
    title: "no timers left, shutdown",
    settings: { schedulerFails: true, shutdown: true },
  },
  { letter: "e", title: "two tasks", settings: { chunks: 4, taskMapSize: 2, maxChunksUp: 2 } },
];
