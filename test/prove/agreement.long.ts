import { describe, it } from "vitest";
import { seed } from "../explore/seed.ts";
import { expectAgreement, slowShapes } from "./agreement.ts";
import { withSolver } from "./with-solver.ts";

describe("a proof for all sizes and three outputs against the exploration of random scopes", () => {
  withSolver();

  it.each(slowShapes)(`agrees: $release.name $shape (seed ${seed})`, expectAgreement);
});
