import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters, type RetryLimit } from "../../models/parameters.ts";
import { scopeOf, type Scope } from "../compile/scope.ts";
import type { FilesystemTraffic } from "../config/filesystem-traffic.ts";
import type { FluentBitConfiguration } from "../config/fluent-bit-configuration.ts";
import { judgedRoutes } from "./judged-routes.ts";

const mostOutputs = 3;
const mostRetries = 2;

/** A configuration as the model sees it: a shape, without sizes. */
export interface ConfigurationShape {
  readonly outputs: number;
  /** What the configuration calls each of them. */
  readonly outputNames: readonly string[];
  readonly masks: readonly (readonly number[])[];
  readonly routing: "all" | "any";
  readonly retryLimit: RetryLimit;
  /** False if no judged output ever asks for a retry. */
  readonly asksForRetries: boolean;
  readonly pauseOnChunksOverlimit: boolean;
  /** How the shape differs from the configuration, in sentences. */
  readonly simplifications: readonly string[];
}

function retryLimitOf(
  configuration: FluentBitConfiguration,
  simplifications: string[],
): RetryLimit {
  const limits = configuration.filesystem.retryLimits;
  if (limits.length > 1) {
    simplifications.push(
      "outputs have different Retry_Limits; the model gives all of them the loosest one",
    );
  }
  if (limits.includes("no_limits")) return "unlimited";
  const most = limits.reduce<number>(
    (largest, limit) => (typeof limit === "number" ? Math.max(largest, limit) : largest),
    0,
  );
  if (most > mostRetries) {
    simplifications.push(
      `Retry_Limit ${most} is judged as ${mostRetries}: a longer count adds states, not behaviours`,
    );
  }
  return Math.min(most, mostRetries);
}

/** In what the judged outputs differ from all. */
function outputSimplification(judged: number, standIns: number, all: number): readonly string[] {
  if (judged === all) return [];
  if (judged + standIns === all) {
    return [
      `${judged} of ${all} outputs are judged: of those that always get the same chunks, two stand for all`,
    ];
  }
  return [`${judged} of ${all} outputs are judged; the others behave as they do`];
}

/** The routes that chunk files certainly have, as far as any is certain. */
export function certainRoutes({ filesystem }: FluentBitConfiguration): FilesystemTraffic["routes"] {
  return { ...filesystem.routes, masks: filesystem.routes.certain };
}

/** What of a configuration the model is about; its chunks on disk only, with all of their routes or some. */
export function shapeOfConfiguration(
  configuration: FluentBitConfiguration,
  routes: FilesystemTraffic["routes"] = configuration.filesystem.routes,
): ConfigurationShape {
  const { filesystem } = configuration;
  const simplifications: string[] = [];
  const { outputs, masks, leftOut, standIns } = judgedRoutes(
    { outputs: filesystem.outputs, routes },
    mostOutputs,
  );
  simplifications.push(
    ...outputSimplification(outputs.length, standIns, filesystem.outputs.length),
  );
  if (leftOut) {
    simplifications.push(
      "chunks that go to one output alone are left out: without retries they never wait",
    );
  }
  if (!routes.exact) {
    simplifications.push("where routes are not known, chunks may take any that is possible");
  }
  if (filesystem.pause === "differs") {
    simplifications.push(
      "only some inputs pause on storage.max_chunks_up; the model lets input go on, as the others do",
    );
  }
  const all = masks.every((mask) => mask.length === outputs.length);
  return {
    outputs: outputs.length,
    outputNames: outputs.map(({ alias, name }) => alias ?? name),
    masks,
    routing: all ? "all" : "any",
    retryLimit: retryLimitOf(configuration, simplifications),
    asksForRetries: outputs.some((output) => output.asksForRetries),
    pauseOnChunksOverlimit: filesystem.pause === "on",
    simplifications,
  };
}

/** The shape at some sizes, for a release; settings change single parameters. */
export function scopeOfShape(
  release: Release,
  shape: ConfigurationShape,
  settings: Partial<Parameters>,
): Scope {
  const { outputs, routing, retryLimit, pauseOnChunksOverlimit, masks } = shape;
  const asked: Partial<Parameters> = {
    outputs,
    routing,
    retryLimit,
    pauseOnChunksOverlimit,
    ...settings,
  };
  const taken = Object.fromEntries(
    Object.entries(asked).filter(([name]) => release.applies.some((known) => known === name)),
  );
  return scopeOf(release, { ...defaultParameters, ...release.defaults, ...taken }, masks);
}
