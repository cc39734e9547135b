import type { Release } from "../../models/description.ts";
import type { Value, Values } from "../../models/system.ts";
import { movedUp, unsetParameters } from "../compile/own-parameters.ts";
import { scopeOf, type Scope } from "../compile/scope.ts";
import { callWord, type ActionCall } from "./action-call.ts";
import type { JsonObject } from "./json.ts";
import { Model } from "./model-run.ts";

/** A scope at which something is held against the model. */
export interface ConformScope {
  /** Short, without spaces: names a folder of vectors. */
  readonly name: string;
  readonly title: string;
  readonly release: string;
  readonly scope: Scope;
  /** The parameters that mean something for the release. */
  readonly parameters: JsonObject;
  /** Whether it is worth while to look at every state, if there are not too many. */
  readonly coverable: boolean;
  /** Calls of rules that are not in force: they must be refused in every state. */
  readonly foreignCalls: () => readonly ActionCall[];
}

/** Sizes and flags at which every release is tried; what means nothing to a release is left out. */
export interface ScopePlan {
  readonly name: string;
  readonly title: string;
  readonly settings: Values;
  /** Whether it is too large to be covered; so there is no need to find that out. */
  readonly isLarge?: (release: Release) => boolean;
  /** Whether it shows more of a release than the other plans do; they all do if this is not said. */
  readonly isFor?: (release: Release) => boolean;
}

const hasQuota = ({ least }: Release): boolean => least["overLimitQuota"] !== undefined;
const detaches = ({ defaults }: Release): boolean => defaults["detachOnOutputExit"] === true;
/** Units that leak make states that differ in nothing else. */
const leaks = ({ defaults }: Release): boolean => defaults["releaseOnClose"] === false;

/**
 * Between them, these reach every rule of every release, and two outputs together with a shutdown, a retry limit, crashes,
 * timers that run out, and two tasks beside a quota: a port that confuses its outputs only there is wrong, too.
 */
export const smallScopes: readonly ScopePlan[] = [
  { name: "one-output", title: "one output", settings: {} },
  {
    name: "two-outputs",
    title: "two outputs, any routes",
    settings: { outputs: 2, routing: "any" },
  },
  {
    name: "retry-limit",
    title: "retry limit 1, crashes",
    settings: { retryLimit: 1, crash: true },
  },
  {
    name: "no-timers",
    title: "no timers left, shutdown",
    settings: { schedulerFails: true, shutdown: true },
  },
  {
    name: "two-tasks",
    title: "three chunks, two tasks",
    settings: { chunks: 3, taskMapSize: 2 },
  },
  {
    name: "one-chunk",
    title: "one chunk to two outputs, retry limit 1, crashes, no timers left",
    settings: {
      chunks: 1,
      outputs: 2,
      routing: "any",
      retryLimit: 1,
      crash: true,
      schedulerFails: true,
    },
  },
  {
    name: "quota",
    title: "two tasks, retry limit 1, crashes, no timers left, shutdown",
    settings: { taskMapSize: 2, retryLimit: 1, crash: true, schedulerFails: true, shutdown: true },
    isFor: hasQuota,
  },
  {
    name: "two-quotas",
    title: "two outputs, two tasks, no timers left",
    settings: { outputs: 2, routing: "any", taskMapSize: 2, schedulerFails: true },
    isFor: (release) => hasQuota(release) && !detaches(release) && !leaks(release),
  },
  {
    name: "two-units",
    title: "two tasks, two units of quota, no timers left, shutdown",
    settings: { taskMapSize: 2, overLimitQuota: 2, schedulerFails: true, shutdown: true },
    isFor: leaks,
  },
  {
    name: "two-quotas-shutdown",
    title: "two outputs, two tasks, no timers left, shutdown",
    settings: {
      outputs: 2,
      routing: "any",
      taskMapSize: 2,
      schedulerFails: true,
      shutdown: true,
    },
    isFor: detaches,
  },
  {
    name: "two-leaking-quotas",
    title: "two outputs, two tasks, no timers left",
    settings: { outputs: 2, routing: "any", taskMapSize: 2, schedulerFails: true },
    isFor: leaks,
  },
];

/**
 * A dispatch that finds no task seals its chunk all the same (`flb_input_chunk.c::flb_input_chunk_flush` locks it, and
 * `flb_input_chunk_release_lock` does not unlock it), so that a later append makes a new chunk. The semantics lets it
 * append; the engine does as Fluent Bit does.
 */
const leavesChunksOpen = ({ defaults }: Release): boolean => defaults["checkMapFirst"] !== false;

/**
 * Scopes of what the port protocol does not speak of yet: the reference engine is held to them, ports are not asked.
 */
export const engineScopes: readonly ScopePlan[] = [
  {
    name: "paused-input",
    title: "three chunks, two in memory, an input that pauses, crashes",
    settings: { chunks: 3, maxChunksUp: 2, pauseOnChunksOverlimit: true, crash: true },
    isFor: leavesChunksOpen,
  },
  {
    name: "paused-two-tasks",
    title: "two tasks, two outputs, an input that pauses",
    settings: { taskMapSize: 2, outputs: 2, pauseOnChunksOverlimit: true },
  },
];

/** A scope too large to cover, for random walks. */
export const largeScope: ScopePlan = {
  name: "large",
  title: "eight chunks, everything may happen",
  isLarge: () => true,
  settings: {
    chunks: 8,
    taskMapSize: 3,
    maxChunksUp: 2,
    outputs: 2,
    routing: "any",
    retryLimit: 2,
    crash: true,
    schedulerFails: true,
    shutdown: true,
  },
};

/** Parameters with every rule in force that the release could have. */
function everyRule(release: Release, parameters: Values): Values {
  const adding = release.system.parameters.flatMap(({ name, addsActions }): [string, Value][] =>
    addsActions !== undefined && release.applies.includes(name) ? [[name, addsActions]] : [],
  );
  return { ...parameters, ...Object.fromEntries(adding) };
}

/** The scope of a release with these parameters. */
export function conformScope(
  release: Release,
  parameters: Values,
  { name, title, isLarge = () => false }: Omit<ScopePlan, "settings">,
): ConformScope {
  const scope = scopeOf(release, parameters);
  return {
    name,
    title,
    release: release.name,
    scope,
    coverable: !isLarge(release),
    foreignCalls: () => {
      const own = new Set(new Model(scope).calls().map(callWord));
      const every = new Model(scopeOf(release, everyRule(release, parameters))).calls();
      return every.filter((call) => !own.has(callWord(call)));
    },
    parameters: Object.fromEntries(
      release.applies.flatMap((key): [string, Value][] => {
        const value = parameters[key];
        const isSpoken = release.system.inPorts?.includes(key) !== false;
        return isSpoken && value !== undefined ? [[key, value]] : [];
      }),
    ),
  };
}

/**
 * The planned scopes of a release, each only once.
 *
 * @param leaveOut further parameters that stay as the release has them
 */
export function plannedScopes(
  release: Release,
  plans: readonly ScopePlan[],
  leaveOut: readonly string[] = [],
): readonly ConformScope[] {
  const scopes = new Map<string, ConformScope>();
  for (const plan of plans.filter(({ isFor = () => true }) => isFor(release))) {
    const settings = Object.fromEntries(
      Object.entries(plan.settings).filter(
        ([name]) => release.applies.some((known) => known === name) && !leaveOut.includes(name),
      ),
    );
    const parameters = movedUp(release, { ...unsetParameters(release), ...settings });
    const key = JSON.stringify(parameters);
    if (!scopes.has(key)) scopes.set(key, conformScope(release, parameters, plan));
  }
  return [...scopes.values()];
}
