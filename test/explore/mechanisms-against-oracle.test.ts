import { expect, it } from "vitest";
import { violatedInRandomScopes } from "./random-mechanisms.ts";
import { seed } from "./seed.ts";

it(`100 random combinations of mechanisms are judged as the oracle does, seed ${seed}`, () => {
  expect(violatedInRandomScopes(0, 100).size).toBeGreaterThan(15);
});
