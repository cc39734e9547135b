import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { engineOfVersion, featureSince, hasFeature } from "../../src/config/engine-features.ts";
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

describe("engineOfVersion", () => {
  it.each([
    ["1.9.10", "v3.0.1", 2048],
    ["3.0.1", "v3.0.1", 2048],
    ["3.0.2", "v3.0.4", 2048],
    ["3.0", "v3.0.4", 2048],
    ["3.2.10", "v3.0.4", 2048],
    ["4.0.0", "v5.1", 16_384],
    ["5.1.1", "v5.1", 16_384],
  ] as const)("%s has the rules of %s and %i tasks", (text, release, taskMapSize) => {
    expect(engineOfVersion(version(text))).toMatchObject({
      release,
      taskMapSize,
      initialTaskMapSize: 2048,
      newerThanKnown: false,
    });
  });

  it("knows from which release on chunks up are limited", () => {
    expect(engineOfVersion(version("1.1.3")).limitsChunksUp).toBe(false);
    expect(engineOfVersion(version("1.2.0")).limitsChunksUp).toBe(true);
  });

  it.each([
    ["5.1.1", false],
    ["5.1", false],
    ["5", false],
    ["4", false],
    ["4.2", false],
    ["5.1.2", true],
    ["5.2", true],
    ["6", true],
    ["6.0.0", true],
  ])("says whether %s is newer than what was checked", (text, newer) => {
    expect(engineOfVersion(version(text)).newerThanKnown).toBe(newer);
  });
});

describe("hasFeature", () => {
  it.each([
    ["pauseInAnyOrder", "3.1.1", "3.1.2"],
    ["storageInherit", "4.0.3", "4.0.4"],
    ["conditionalRoutes", "4.1.2", "4.2.0"],
    ["pauseOnChunksOverlimit", "1.8.6", "1.8.7"],
  ] as const)("%s came between %s and %s", (feature, before, since) => {
    expect(hasFeature(version(before), feature)).toBe(false);
    expect(hasFeature(version(since), feature)).toBe(true);
    expect(featureSince(feature)).toBe(since);
  });
});
