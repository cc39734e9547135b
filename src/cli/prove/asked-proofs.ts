import type { Release } from "../../../models/description.ts";
import type { Parameters } from "../../../models/parameters.ts";
import { sizesOf } from "../../../models/system.ts";
import { readFluentBitConfiguration } from "../../config/read-configuration.ts";
import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import { askedVersion } from "../options/asked-version.ts";
import { BadInput } from "../bad-input.ts";
import type { ProofRequest } from "./proof-request.ts";
import { findRelease } from "../../compile/find-release.ts";
import { parametersOf } from "../options/scope-arguments.ts";
import {
  judgedTraffic,
  provedScope,
  shapeOfConfiguration,
  type ConfigurationShape,
} from "../../analysis/configuration/scope-of-configuration.ts";

/** Which systems `prove` was asked about. */
export interface AskedSystems {
  readonly release?: string;
  readonly outputs?: number;
  readonly routing?: "all" | "any";
  readonly set: readonly string[];
  readonly config?: string;
  readonly fluentBit?: string;
}

/** How a proof is to be made. */
type Manner = Pick<ProofRequest, "only" | "timeLimitMs" | "certificate">;

const options: readonly string[] = ["outputs", "routing"];

function refuse(set: readonly string[], names: readonly string[], why: string): void {
  const refused = set.find((one) => names.some((name) => one.startsWith(`${name}=`)));
  if (refused !== undefined) throw new BadInput(`${why}: leave out --set ${refused}`);
}

/** One and two outputs, or those that were asked for; with one output, every routing is the same system. */
function shapesOf({
  outputs,
  routing,
}: AskedSystems): readonly Pick<Parameters, "outputs" | "routing">[] {
  return (outputs === undefined ? [1, 2] : [outputs]).flatMap((number) => {
    if (routing !== undefined) return [{ outputs: number, routing }];
    const routings = number === 1 ? (["all"] as const) : (["all", "any"] as const);
    return routings.map((one) => ({ outputs: number, routing: one }));
  });
}

/** The system of a configuration, at its own limits; null where a proof cannot take its inputs' routes apart. */
export function requestOfShape(
  release: Release,
  shape: ConfigurationShape,
  configuration: FluentBitConfiguration,
  manner: Manner,
): ProofRequest | null {
  const scope = provedScope(release, shape, {
    taskMapSize: configuration.engine.taskMapSize,
    maxChunksUp: configuration.service.maxChunksUp.value,
  });
  if (scope === null) return null;
  return {
    release: release.name,
    ...scope,
    sizes: {},
    ...manner,
  };
}

/** The systems to prove, and the configuration that they are of. */
export interface AskedProofs {
  readonly requests: readonly ProofRequest[];
  readonly configuration: FluentBitConfiguration | null;
}

function ofConfiguration(
  file: string,
  asked: AskedSystems,
  releases: readonly Release[],
  manner: Manner,
): AskedProofs {
  const { fluentBit, release, set, outputs, routing } = asked;
  if (set.length > 0 || outputs !== undefined || routing !== undefined) {
    throw new BadInput("--config gives the system; leave out --set, --outputs and --routing");
  }
  const version = askedVersion(fluentBit);
  const configuration = readFluentBitConfiguration(file, { version, environment: process.env });
  if (judgedTraffic(configuration).outputs.length === 0 || !configuration.engine.limitsChunksUp) {
    throw new BadInput(`${file}: nothing reaches an output that can be judged`);
  }
  const found = findRelease(releases, release ?? configuration.engine.release);
  const shape = shapeOfConfiguration(configuration);
  const request = requestOfShape(found, shape, configuration, manner);
  if (request === null) {
    throw new BadInput(
      `${file}: its inputs have several routes each, and not the same; a proof is for one set of routes, or one route for each input`,
    );
  }
  return { requests: [request], configuration };
}

/**
 * The systems to prove, shape by shape, in the order of the releases.
 *
 * @throws BadInput if the options are at odds.
 */
export function askedProofs(
  asked: AskedSystems,
  releases: readonly Release[],
  manner: Manner,
): AskedProofs {
  const { config, release, set } = asked;
  if (config !== undefined) return ofConfiguration(config, asked, releases, manner);
  if (asked.fluentBit !== undefined) throw new BadInput("--fluent-bit goes with --config");
  const chosen = release === undefined ? releases : [findRelease(releases, release)];
  const { system } = chosen[0] ?? {};
  const open = system === undefined ? [] : sizesOf(system);
  const sizes = open.filter(({ isOf }) => isOf === "size").map(({ name }) => name);
  refuse(set, sizes, "a proof is for every size");
  const hasOutputs = system?.parameters.some(({ name }) => name === "outputs") === true;
  if (!hasOutputs && (asked.outputs !== undefined || asked.routing !== undefined)) {
    throw new BadInput(
      `${system?.title ?? "this system"} has no outputs: leave out --outputs and --routing`,
    );
  }
  refuse(set, options, "--outputs and --routing give the shape");
  const requests = (hasOutputs ? shapesOf(asked) : [{}]).flatMap((shape) =>
    chosen.map((one): ProofRequest => {
      const parameters = { ...parametersOf(one, set), ...shape };
      return {
        release: one.name,
        parameters,
        masks: null,
        sizes: one.realLimits ?? {},
        ...manner,
      };
    }),
  );
  return { requests, configuration: null };
}
