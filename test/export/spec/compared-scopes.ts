import type { Parameters } from "../../../models/parameters.ts";
import type { Release } from "../../../models/description.ts";
import type { Scope } from "../../../src/compile/scope.ts";
import { scopeWith } from "../../../src/analysis/scope-with.ts";

/** A small scope in which other model checkers have to find what the explorer finds. */
export interface ComparedScope {
  readonly title: string;
  readonly scope: Scope;
}

const more: readonly (readonly [string, Partial<Parameters>])[] = [
  ["v3.0.1", {}],
  ["park", {}],
  ["v3.0.4", { chunks: 4, taskMapSize: 2, maxChunksUp: 2, overLimitQuota: 1 }],
  ["published-fix", { chunks: 3, taskMapSize: 2, schedulerFails: true }],
  ["park", { chunks: 3, crash: true }],
  ["v3.0.4", { chunks: 2, outputs: 2, shutdown: true, shutdownPhase: "tasks", reload: true }],
  ["v5.1", { chunks: 2, crash: true, backlog: true, retryLimit: 1 }],
  ["v3.0.4", { inputs: 2, memBufLimit: 1, pauseOnChunksOverlimit: true, chunksFull: true }],
];

/** Every release with two outputs, and scopes with what else the description can say. */
export function comparedScopes(releases: readonly Release[]): readonly ComparedScope[] {
  const all = [
    ...releases.map(({ name }): readonly [string, Partial<Parameters>] => [
      name,
      { chunks: 2, outputs: 2 },
    ]),
    ...more,
  ];
  return all.map(([name, settings]) => {
    const release = releases.find((one) => one.name === name);
    if (release === undefined) throw new Error(`there is no release ${name}`);
    const words = Object.entries(settings).map(([key, value]) => `${key}=${String(value)}`);
    return { title: [name, ...words].join(" "), scope: scopeWith(release, settings) };
  });
}
