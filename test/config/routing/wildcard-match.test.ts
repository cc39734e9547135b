import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesWildcard } from "../../../src/config/routing/wildcard-match.ts";

/** The definition, as slow as it is short. */
function matchesByDefinition(tag: string, match: string): boolean {
  if (match === "") {
    return tag === "";
  }
  const rest = match.slice(1);
  if (match.startsWith("*")) {
    return (
      matchesByDefinition(tag, rest) || (tag !== "" && matchesByDefinition(tag.slice(1), match))
    );
  }
  return tag.startsWith(match.charAt(0)) && matchesByDefinition(tag.slice(1), rest);
}

describe("Match", () => {
  it.each([
    ["kube.var.log", "kube.*", true],
    ["kube.", "kube.*", true],
    ["kube", "kube.*", false],
    ["a.b.c", "a.*.c", true],
    ["a.c", "a.*.c", false],
    ["anything", "*", true],
    ["anything", "***", true],
    ["", "*", true],
    ["Kube.x", "kube.*", false],
    ["cpu.0", "cpu.0", true],
    ["cpu.01", "cpu.0", false],
    ["a.b.b.c", "*b*c", true],
    ["aXbXc", "*X", false],
    ["a?b", "a?b", true],
    ["axb", "a?b", false],
  ])("%s and %s: %s", (tag, match, expected) => {
    expect(matchesWildcard(tag, match)).toBe(expected);
  });

  it("agrees with the definition", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 9 });
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", ".", "*"), maxLength: 7 });
    fc.assert(
      fc.property(text, pattern, (tag, match) => {
        expect(matchesWildcard(tag, match)).toBe(matchesByDefinition(tag, match));
      }),
      { numRuns: 2000 },
    );
  });
});
