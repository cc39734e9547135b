import type { Release } from "../../models/description.ts";
import type { Parameters } from "../../models/parameters.ts";
import type { Values } from "../../models/system.ts";
import { movedUp, unsetParameters } from "../compile/own-parameters.ts";
import { scopeOf } from "../compile/scope.ts";
import { checkScope } from "../explore/check-scope.ts";

/** A mechanism that can be on beside a fix, in a scope in which it matters. */
interface Beside {
  /** The mechanism, in the words of who sets it. */
  readonly title: string;
  readonly settings: Partial<Parameters>;
}

/** A property that is violated in a scope, after so many actions. */
export interface Broken {
  readonly property: string;
  readonly length: number;
  /** Whether the engine without the fix has it in the same scope: then it is the fix that breaks it. */
  readonly byTheFix: boolean;
}

/** What became of one mechanism under one release; `null` if the search had no end. */
export interface UnderMechanism {
  readonly beside: Beside;
  readonly release: Release;
  /** Those that were explored, moved up to where the release can move. */
  readonly parameters: Values;
  readonly broken: readonly Broken[] | null;
}

const filesAndMemory = ["filesystem", "memory"] as const;

/** Every mechanism that can be on beside a fix. The fixes' sizes are moved up where they need more. */
const besideFixes: readonly Beside[] = [
  { title: "nothing", settings: {} },
  { title: "nothing, two outputs", settings: { outputs: 2 } },
  {
    title: "pause_on_chunks_overlimit",
    settings: { chunks: 3, maxChunksUp: 2, pauseOnChunksOverlimit: true },
  },
  {
    title: "pause_on_chunks_overlimit of one input of two",
    settings: { inputs: 2, pauseOnChunksOverlimit: [true, false] },
  },
  { title: "mem_buf_limit on files", settings: { outputs: 2, memBufLimit: 1 } },
  { title: "a memory input", settings: { inputs: 2, storageType: filesAndMemory } },
  {
    title: "an output that hangs",
    settings: { outputs: 2, outputHangs: true, retryLimit: 1 },
  },
  { title: "a flush that does not start", settings: { flushFails: ["start"] } },
  { title: "a retry that does not start", settings: { flushFails: ["retry"], taskMapSize: 2 } },
  { title: "a flush that ends in an error", settings: { flushError: true, retryLimit: 1 } },
  {
    title: "storage.total_limit_size",
    settings: { chunks: 3, totalLimit: 2, limitRule: "v5.0.8" },
  },
  { title: "backlog after a crash", settings: { crash: true, backlog: true } },
  {
    title: "hot reload",
    settings: { shutdownPhase: "chunks", reload: true },
  },
  {
    title: "hot reload with a backlog",
    settings: { crash: true, backlog: true, shutdownPhase: "chunks", reload: true },
  },
  { title: "flush_on_shutdown", settings: { shutdownPhase: "chunks", flushOnShutdown: true } },
  { title: "keep.rejected", settings: { retryLimit: 1, deadLetter: true } },
  {
    title: "keep.rejected after a crash",
    settings: { chunks: 1, maxChunksUp: 2, retryLimit: 1, deadLetter: true, crash: true },
  },
  { title: "no timers left", settings: { schedulerFails: true } },
];

/** The most states of a search; the largest has fewer. */
const maxStates = 20_000;

/** A release with these settings, moved up to where `mover` can move. */
function parametersOf(
  release: Release,
  { least, system }: Release,
  settings: Partial<Parameters>,
): Values {
  return movedUp({ system, least }, { ...unsetParameters(release), ...settings });
}

/** The shortest length of each property that is violated; those that have none, of fairness, are left out. */
function brokenIn(release: Release, parameters: Values): ReadonlyMap<string, number> | null {
  const { complete, properties } = checkScope(scopeOf(release, parameters), { maxStates });
  if (!complete) return null;
  return new Map(
    properties.flatMap(({ property, verdict, length }) =>
      verdict === "violated" && length !== null ? [[property, length] as const] : [],
    ),
  );
}

/** Explores every fix under every mechanism, and beside it the engine `without` any fix at the same sizes. */
export function fixesUnderMechanisms(
  without: Release,
  releases: readonly Release[],
): readonly UnderMechanism[] {
  return besideFixes.flatMap((beside) =>
    [without, ...releases].map((release) => {
      const parameters = parametersOf(release, release, beside.settings);
      const found = brokenIn(release, parameters);
      const before =
        release === without
          ? found
          : brokenIn(without, parametersOf(without, release, beside.settings));
      const broken =
        found === null || before === null
          ? null
          : [...found].map(([property, length]) => ({
              property,
              length,
              byTheFix: !before.has(property),
            }));
      return { beside, release, parameters, broken };
    }),
  );
}
