import { describe, expect, it } from "vitest";
import { readMatchRegex } from "../../../src/config/routing/match-regex.ts";

describe("Match_Regex", () => {
  it.each([
    ["kube\\.(?!kube-system)", "kube.default.app", true],
    ["kube\\.(?!kube-system)", "kube.kube-system.dns", false],
    ["app", "app.one", true], // the end is free
    ["app", "my.app", false], // the start is not
    ["(?i)APP", "app.one", true],
    ["/app/i", "APP.one", true],
    ["/app/", "app.one", true],
    ["/app/q", "app", false], // unknown options: the slashes belong to the pattern
    ["x*", "app", false], // an empty match does not count
    ["[[:alpha:]]+\\.\\d+\\z", "cpu.0", true],
    ["(?>a+)b", "aab", true],
    ["\\h+", "beef", true],
    ["^service\\.(?:web|db)$", "service.web", true],
  ])("%s and %s: %s", (source, tag, expected) => {
    const { matches, problem } = readMatchRegex(source);
    expect(problem).toBeUndefined();
    expect(matches?.(tag)).toBe(expected);
  });

  it.each(["(", "[a", "*", "a(?<n>b", "\\p{NoSuchScript}"])("cannot read %s", (source) => {
    const regex = readMatchRegex(source);
    expect(regex.matches).toBeUndefined();
    expect(regex.problem).not.toBe("");
    expect(regex).toMatchObject({ source });
  });
});
