import { expect, it } from "vitest";
import { violatedInRandomScopes } from "./random-mechanisms.ts";
import { seed } from "./seed.ts";

it(`200 more random combinations of mechanisms are judged as the oracle does, seed ${seed}`, () => {
  expect(violatedInRandomScopes(100, 200).size).toBeGreaterThan(15);
});
