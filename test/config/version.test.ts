import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isAtLeast,
  NEWEST_KNOWN_VERSION,
  parseFluentBitVersion,
  type FluentBitVersion,
} from "../../src/config/version.ts";

function version(text: string): FluentBitVersion {
  const parsed = parseFluentBitVersion(text);
  expect(parsed, text).toBeDefined();
  return parsed ?? NEWEST_KNOWN_VERSION;
}

describe("parseFluentBitVersion", () => {
  it.each([
    ["3.0.4", 3, 0, 4],
    ["v3.2", 3, 2, Number.POSITIVE_INFINITY],
    ["V5", 5, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [" 4.2.3.1 ", 4, 2, 3],
    ["5.0.0-dev-20260228", 5, 0, 0],
  ])("reads %s", (text, major, minor, patch) => {
    expect(version(text)).toMatchObject({ major, minor, patch });
  });

  it.each(["", "latest", "3.", "3..4", "3.x", "-1", "v", "3.0.4 beta", "99999.1.1"])(
    "refuses '%s'",
    (text) => {
      expect(parseFluentBitVersion(text)).toBeUndefined();
    },
  );

  it("orders versions as their numbers do", () => {
    const part = fc.nat({ max: 20 });
    fc.assert(
      fc.property(fc.tuple(part, part, part), fc.tuple(part, part, part), (left, right) => {
        const rank = ([major, minor, patch]: readonly [number, number, number]): number =>
          major * 1e6 + minor * 1e3 + patch;
        const [major, minor, patch] = right;
        expect(isAtLeast(version(left.join(".")), major, minor, patch)).toBe(
          rank(left) >= rank(right),
        );
      }),
    );
  });
});
