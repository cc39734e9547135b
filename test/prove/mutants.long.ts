import { describe, it } from "vitest";
import { withSolver } from "./with-solver.ts";
import { expectNoProof, isSlow, wrongRules } from "./wrong-rules.ts";

describe("wrong rules that are searched for seconds", () => {
  withSolver();

  it.each(wrongRules.filter(isSlow))("are not proved right: $mutant.name", expectNoProof);
});
