/** Proofs for every size, and certificates of them. */
export { EverySizeScope } from "../compile/every-size.ts";
export { proveSystem } from "../prove/prove.ts";
export type { ProveOptions, PropertyProof, SystemProof } from "../prove/prove.ts";
export { searchForProver } from "../analysis/search-for-prover.ts";
export { startZ3 } from "../prove/logic/solver.ts";
export type { Solver } from "../prove/logic/solver.ts";
export { checkCertificate } from "../prove/certificate/check-certificate.ts";
