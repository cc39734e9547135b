import { describe, expect, it } from "vitest";
import { release as corrected } from "../../../models/otel-collector/releases/corrected.ts";
import { release as v0159 } from "../../../models/otel-collector/releases/v0.159.ts";
import { foundIn, scopeOfRow } from "./rows.ts";

/** Settings, and what v0.159 violates there and its candidate fix does not. */
const cases = [
  ["putFails=true", "producersResume 2, recovery 2"],
  ["crash=any", "noLoss 5"],
  ["crash=any putFails=true shutdown=true", "noLoss 5, producersResume 2, recovery 2"],
  [
    "requests=3 queueSize=2 consumers=2 crash=any putFails=true",
    "noLoss 5, producersResume 4, recovery 4",
  ],
] as const;

describe("the candidate fix of v0.159", () => {
  it.each(cases)("with %s nothing is violated", (words, before) => {
    const settings = words.split(" ");
    expect(foundIn(scopeOfRow({ release: v0159, settings }))).toMatch(
      new RegExp(`${before}$`, "u"),
    );
    expect(foundIn(scopeOfRow({ release: corrected, settings }))).toMatch(/ \| –$/u);
  });

  it("changes nothing where no write fails and nothing is killed", () => {
    const settings = ["requests=3", "block=true", "shutdown=true"];
    const [before, after] = [v0159, corrected].map((release) =>
      foundIn(scopeOfRow({ release, settings })),
    );
    expect(after).toBe(before);
  });
});
