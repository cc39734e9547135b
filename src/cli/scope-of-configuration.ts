import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters, type RetryLimit } from "../../models/parameters.ts";
import { scopeOf, type Scope } from "../compile/scope.ts";
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

/** What of a configuration the model is about; its chunks on disk only. */
export function shapeOfConfiguration(configuration: FluentBitConfiguration): ConfigurationShape {
  const { filesystem } = configuration;
  const simplifications: string[] = [];
  const { outputs, masks, leftOut } = judgedRoutes(filesystem, mostOutputs);
  if (outputs.length < filesystem.outputs.length) {
    simplifications.push(
      `${outputs.length} of ${filesystem.outputs.length} outputs are judged; the others behave as they do`,
    );
  }
  if (leftOut) {
    simplifications.push(
      "chunks that go to one output alone are left out: without retries they never wait",
    );
  }
  if (!filesystem.routes.exact) {
    simplifications.push("tags that clients choose may take any route that Match allows");
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
