import type { Release } from "../../../models/description.ts";
import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import { decidingSettings } from "../../config/settings/setting-in-use.ts";
import type { ProofSummary } from "../../prove/proof-summary.ts";
import type { EverySize } from "../../analysis/configuration/configuration-verdict.ts";
import { requestOfShape } from "../prove/asked-proofs.ts";
import { Interrupted } from "../interrupted.ts";
import type { ProgressLine } from "../progress-line.ts";
import { proveRequests } from "../prove/prove-requests.ts";
import { findRelease } from "../../compile/find-release.ts";
import { shapeOfConfiguration } from "../../analysis/configuration/scope-of-configuration.ts";

/** That something never happens is not said of a configuration that uses what may change it. */
function withoutPromises(proof: ProofSummary, { settings }: FluentBitConfiguration): ProofSummary {
  return decidingSettings(settings).length === 0
    ? proof
    : { ...proof, properties: proof.properties.filter(({ verdict }) => verdict !== "proved") };
}

/**
 * Proves for every number of chunks, at the limits of a configuration, what can be proved in some time. A solver that
 * fails, or cannot even be started, is no reason to say nothing: why it failed is said instead.
 *
 * @throws Interrupted if the process is asked to end meanwhile.
 */
export async function proveConfiguration(
  configuration: FluentBitConfiguration,
  releases: readonly Release[],
  timeLimitMs: number,
  progress: ProgressLine,
): Promise<EverySize> {
  const shape = shapeOfConfiguration(configuration);
  const request = requestOfShape(
    findRelease(releases, configuration.engine.release),
    shape,
    configuration,
    {
      only: shape.outputs === 1 ? ["neverStuck"] : ["neverStuck", "isolation"],
      timeLimitMs,
      certificate: false,
    },
  );
  if (request === null) {
    return {
      kind: "failed",
      sentence: "a proof cannot tell apart inputs that have several routes each, and not the same",
    };
  }
  try {
    const [answer] = await proveRequests([request], (_, claim) => {
      progress.update(() => `for every number of chunks: ${claim}`.slice(0, 100));
    });
    if (answer === undefined) throw new Error("the prover gave no answer");
    return { kind: "asked", proof: withoutPromises(answer.summary, configuration) };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const sentence = error instanceof Error ? error.message : String(error);
    return { kind: "failed", sentence };
  }
}
