import type { Release } from "../../../models/description.ts";
import type { Values } from "../../../models/system.ts";
import { EverySizeScope } from "../../compile/every-size.ts";
import { certifiedRunJson, type CertificateJson } from "../../prove/certificate/certificate.ts";
import { summaryOf, type ProofSummary } from "../../prove/proof-summary.ts";
import { proveSystem } from "../../prove/prove.ts";
import type { Solver } from "../../prove/logic/solver.ts";
import { findRelease } from "../../compile/find-release.ts";
import { searchForProver } from "../../analysis/search-for-prover.ts";
import { sizesIn } from "../../compile/sizes.ts";

/** A system to prove, as plain data that a thread can be given. */
export interface ProofRequest {
  readonly release: string;
  readonly parameters: Values;
  /** The routes masks, where they are known better than `routing` says. */
  readonly masks: readonly (readonly number[])[] | null;
  /** The properties to decide; null for all. */
  readonly only: readonly string[] | null;
  /** The limits of the real engine, by their names. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly timeLimitMs: number;
  /** Whether a certificate is wanted. */
  readonly certificate: boolean;
}

/** What came of a request. */
export interface ProofAnswer {
  readonly summary: ProofSummary;
  /** The part of a certificate that is about this system; null unless it was asked for. */
  readonly certificate: CertificateJson;
}

/**
 * Proves one system.
 *
 * @param onQuestion called before each question to the solver
 * @throws DependsOnSize if the release is not the same at every size.
 */
export async function answerRequest(
  request: ProofRequest,
  releases: readonly Release[],
  solver: Solver,
  onQuestion: (claim: string) => void,
): Promise<ProofAnswer> {
  const { parameters, masks, only } = request;
  const release = findRelease(releases, request.release);
  const scope = EverySizeScope.of(release, parameters, masks ?? undefined);
  const proof = await proveSystem(scope, {
    solver,
    search: searchForProver,
    now: () => performance.now(),
    timeLimit: request.timeLimitMs,
    onQuestion,
    ...(only === null ? {} : { only }),
  });
  return {
    summary: summaryOf(proof, sizesIn(scope.system, { ...scope.parameters, ...request.sizes })),
    certificate: request.certificate ? certifiedRunJson(proof) : null,
  };
}
