import { describe, expect, it } from "vitest";
import { seed } from "../explore/seed.ts";
import { expectAgreement, scopesOfEach, shapes } from "./agreement.ts";
import { withSolver } from "./with-solver.ts";

describe("a proof for all sizes against the exploration of random scopes", () => {
  withSolver();

  it("is tried on at least 200 scopes", () => {
    expect(shapes.length * scopesOfEach).toBeGreaterThanOrEqual(200);
  });

  it.each(shapes)(`agrees: $release.name $shape $masks (seed ${seed})`, expectAgreement);
});
