import { describe, expect, it } from "vitest";
import { parseSize } from "../../../src/config/values/size-value.ts";
import { parseFluentBitVersion } from "../../../src/config/version.ts";

describe("a size", () => {
  it.each([
    ["0", 0],
    ["4096", 4096],
    ["5k", 5000],
    ["5KB", 5000],
    ["5M", 5_000_000],
    ["5mb", 5_000_000],
    ["5G", 5_000_000_000],
    ["1.5M", 1_500_000],
    ["false", 0],
    ["-1", -1],
    ["5T", undefined],
    ["5MiB", undefined],
    ["5M # five", undefined],
    ["lots", undefined],
  ])("%s is %s bytes", (text, bytes) => {
    const version = parseFluentBitVersion("5.1.1");
    expect(version === undefined ? "" : parseSize(text, version)).toBe(bytes);
  });

  it("had no decimals before v3.1", () => {
    const version = parseFluentBitVersion("3.0.4");
    expect(version === undefined ? "" : parseSize("1.5M", version)).toBe(1_000_000);
  });
});
