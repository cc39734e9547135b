import type { Values } from "../../../models/system.ts";
import type { Release } from "../../../models/description.ts";
import {
  defaultParameters,
  type LimitRule,
  type Parameters,
  type RetryLimit,
} from "../../../models/parameters.ts";
import { scopeOf, type Scope } from "../../compile/scope.ts";
import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import type { Traffic } from "../../config/traffic.ts";
import { judgedInputs, type JudgedInput, type JudgedInputs } from "./judged-inputs.ts";
import { judgedRoutes } from "./judged-routes.ts";
import {
  leaveRoom,
  single,
  variantSettings,
  variantsOf,
  type Sizes,
  type Variant,
} from "./judged-variants.ts";

const mostOutputs = 3;
const mostRetries = 2;

/** A configuration as the model sees it: a shape, without sizes. */
export interface ConfigurationShape {
  readonly inputs: readonly JudgedInput[];
  readonly outputs: number;
  /** What the configuration calls each of them. */
  readonly outputNames: readonly string[];
  /** Every routes mask, of whatever input. */
  readonly masks: readonly (readonly number[])[];
  readonly routing: "all" | "any";
  readonly retryLimit: RetryLimit;
  /** False if no judged output ever asks for a retry. */
  readonly asksForRetries: boolean;
  /** What the limits in bytes may come to, in chunks; the one in which none is met first. */
  readonly variants: readonly Variant[];
  readonly limitRule: LimitRule;
  /** Whether `storage.max_chunks_up` is 1: then an input that pauses does so with its first chunk. */
  readonly onePlace: boolean;
  /** Whether there are more tasks than chunks may be in memory. */
  readonly moreTasks: boolean;
  /** `storage.total_limit_size` of each output, in bytes. */
  readonly totalLimits: readonly (number | undefined)[];
  /** Whether the limits of all outputs together leave room for what a stuck engine holds. */
  readonly hasRoom: boolean;
  /** Whether kinds of inputs were left out that may behave in another way. */
  readonly leavesOut: boolean;
  /** How the shape differs from the configuration, in sentences. */
  readonly simplifications: readonly string[];
}

function retryLimitOf({ retryLimits: limits }: Traffic, simplifications: string[]): RetryLimit {
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

/** The chunks that are judged: those with a file, or those without where there are no others. */
export function judgedTraffic({ filesystem, memory }: FluentBitConfiguration): Traffic {
  return filesystem.outputs.length > 0 ? filesystem : memory;
}

/** In what the judged inputs differ from all that make chunks. */
function inputSimplifications(
  { memory }: FluentBitConfiguration,
  traffic: Traffic,
  { inputs, leftOut }: JudgedInputs,
): readonly string[] {
  const routed = traffic.inputs.filter(({ routes }) => routes.masks.length > 0).length;
  const besides = memory.inputs.filter(({ routes }) => routes.masks.length > 0).length;
  return [
    ...(leftOut
      ? [`${inputs.length} kinds of inputs are judged together; there are more`]
      : routed > inputs.length && inputs.length > 1
        ? [`${inputs.length} inputs stand for ${routed}: those of a kind are judged as one`]
        : []),
    ...(traffic !== memory && besides > 0
      ? [
          "inputs whose chunks are in memory are left out: such a chunk needs no place of storage.max_chunks_up, so whatever holds its task can go on",
        ]
      : []),
  ];
}

/** What of a configuration is judged, with all routes of its chunks or with those alone that they certainly have. */
export function shapeOfConfiguration(
  configuration: FluentBitConfiguration,
  certainOnly = false,
): ConfigurationShape {
  const { engine, service } = configuration;
  const traffic = judgedTraffic(configuration);
  const routes = certainOnly
    ? { ...traffic.routes, masks: traffic.routes.certain }
    : traffic.routes;
  const simplifications: string[] = [];
  const judged = judgedRoutes({ outputs: traffic.outputs, routes }, mostOutputs);
  const { outputs, masks } = judged;
  const maxChunksUp = service.maxChunksUp.value;
  const chosen = judgedInputs(traffic, judged, { maxChunksUp, certainOnly });
  simplifications.push(
    ...outputSimplification(outputs.length, judged.standIns, traffic.outputs.length),
  );
  if (judged.leftOut) {
    simplifications.push(
      "chunks that go to one output alone are left out: without retries they never wait",
    );
  }
  if (!routes.exact) {
    simplifications.push("where routes are not known, chunks may take any that is possible");
  }
  simplifications.push(...inputSimplifications(configuration, traffic, chosen));
  // A limit on files says nothing to chunks that have none.
  const limited = outputs.map((output) =>
    traffic === configuration.memory ? { ...output, totalLimit: undefined } : output,
  );
  const all = masks.every((mask) => mask.length === outputs.length);
  return {
    inputs: chosen.inputs,
    outputs: outputs.length,
    outputNames: outputs.map(({ alias, name }) => alias ?? name),
    masks,
    routing: all ? "all" : "any",
    retryLimit: retryLimitOf(traffic, simplifications),
    asksForRetries: outputs.some((output) => output.asksForRetries),
    variants: variantsOf(chosen.inputs, limited, { ...engine, maxChunksUp }),
    hasRoom:
      traffic === configuration.memory || leaveRoom(traffic.outputs, { ...engine, maxChunksUp }),
    limitRule: engine.limitRule,
    onePlace: maxChunksUp === 1,
    moreTasks: engine.taskMapSize > maxChunksUp,
    totalLimits: limited.map(({ totalLimit }) => totalLimit?.value),
    leavesOut: chosen.leftOut,
    simplifications,
  };
}

/** The masks of each input, where they are not the same for all. */
function masksOfInputs({ inputs, masks }: ConfigurationShape): readonly (typeof masks)[] | null {
  const own = inputs.map((input) => input.masks);
  return own.every((one) => one.join(" ") === masks.join(" ")) ? null : own;
}

function parametersOfShape(
  { outputs, routing, retryLimit, inputs, ...shape }: ConfigurationShape,
  sizes: Partial<Sizes>,
  variant: Variant | undefined,
): Partial<Parameters> {
  const { chunks, taskMapSize, maxChunksUp } = { ...defaultParameters, ...sizes };
  return {
    outputs,
    routing,
    retryLimit,
    inputs: inputs.length,
    pauseOnChunksOverlimit: single(inputs.map(({ pauses }) => pauses)),
    storageType: single(inputs.map(({ storageType }) => storageType)),
    ...sizes,
    ...(variant === undefined
      ? {}
      : variantSettings(variant, { chunks, taskMapSize, maxChunksUp }, shape.limitRule)),
  };
}

/** The shape at some sizes, for a release, where bytes come to what a variant says; settings change single parameters. */
export function scopeOfShape(
  release: Release,
  shape: ConfigurationShape,
  sizes: Partial<Sizes>,
  { variant, ...settings }: { readonly variant?: Variant } & Partial<Parameters> = {},
): Scope {
  const asked = { ...parametersOfShape(shape, sizes, variant), ...settings };
  const applies = (name: string): boolean => release.applies.some((known) => known === name);
  const taken = Object.fromEntries(Object.entries(asked).filter(([name]) => applies(name)));
  const parameters = { ...defaultParameters, ...release.defaults, ...taken };
  const ofInputs = applies("inputs") ? masksOfInputs(shape) : null;
  return scopeOf(release, parameters, shape.masks, ofInputs ?? undefined);
}

/**
 * What a proof is asked of: the same system with a limit wherever the configuration has one, which a proof takes for any
 * number of chunks. Null where inputs have several routes each, and not the same.
 */
export function provedScope(
  release: Release,
  shape: ConfigurationShape,
  sizes: Partial<Sizes>,
): { readonly parameters: Values; readonly masks: ConfigurationShape["masks"] | null } | null {
  const variant = shape.variants.at(-1);
  const { parameters } = scopeOfShape(release, shape, sizes, variant && { variant });
  const ofInputs = masksOfInputs(shape);
  if (ofInputs === null) return { parameters, masks: shape.masks };
  const fixed = ofInputs.flatMap((masks) => (masks.length === 1 ? masks : []));
  return fixed.length < ofInputs.length
    ? null
    : { parameters: { ...parameters, routing: fixed }, masks: null };
}
