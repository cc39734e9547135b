import { describe, expect, it } from "vitest";
import { engineOfVersion, featureSince, hasFeature } from "../../src/config/engine-features.ts";
import {
  NEWEST_KNOWN_VERSION,
  parseFluentBitVersion,
  type FluentBitVersion,
} from "../../src/config/version.ts";

function version(text: string): FluentBitVersion {
  const parsed = parseFluentBitVersion(text);
  expect(parsed, text).toBeDefined();
  return parsed ?? NEWEST_KNOWN_VERSION;
}

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
