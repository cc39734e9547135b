import { describe, expect, it } from "vitest";
import { readRetryLimit } from "../../src/config/retry-limit.ts";
import { NEWEST_KNOWN_VERSION, parseFluentBitVersion } from "../../src/config/version.ts";

const position = { file: "a.conf", line: 7 };

function read(value: string, version = NEWEST_KNOWN_VERSION): { value: unknown; warned: number } {
  let warned = 0;
  const setting = readRetryLimit(
    { key: "retry_limit", value, position },
    { version, warn: () => (warned += 1) },
  );
  expect(setting.position).toEqual(position);
  return { value: setting.value, warned };
}

describe("Retry_Limit", () => {
  it("is 1 by default", () => {
    const warn = (): never => expect.unreachable();
    expect(readRetryLimit(undefined, { version: NEWEST_KNOWN_VERSION, warn })).toEqual({
      value: 1,
      position: undefined,
    });
  });

  it.each(["no_limits", "NO_LIMITS", "False", "false", "off", "OFF"])("%s is no limit", (text) => {
    expect(read(text)).toEqual({ value: "no_limits", warned: 0 });
  });

  it("no_retries is none, where the release has it", () => {
    expect(read("no_retries")).toEqual({ value: "no_retries", warned: 0 });
    expect(read("no_retries", parseFluentBitVersion("1.7.4"))).toEqual({ value: 1, warned: 1 });
  });

  it.each([
    ["1", 1, 0],
    ["5", 5, 0],
    ["+7", 7, 0],
    ["10 # ten times", 10, 1],
    ["3.9", 3, 1],
  ])("%s is %i", (text, value, warned) => {
    expect(read(text)).toEqual({ value, warned });
  });

  it.each(["0", "-1", "many", "no", "true", "False # for ever", "no_limit", "unlimited"])(
    "'%s' is invalid and becomes 1",
    (text) => {
      expect(read(text)).toEqual({ value: 1, warned: 1 });
    },
  );
});
