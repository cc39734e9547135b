import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMatchRegex } from "../../../src/config/routing/match-regex.ts";
import type { TagReader } from "../../../src/config/routing/tag-reader.ts";

/** What the machine says of a tag that it reads character by character. */
function readsTo(reader: TagReader, tag: string): boolean {
  let state = reader.start;
  for (const character of tag) {
    const settled = reader.settled(state);
    if (settled !== undefined) return settled;
    state = reader.next(state, character);
  }
  return reader.settled(state) ?? reader.accepts(state);
}

describe("Match_Regex", () => {
  it.each([
    ["kube\\.(?!kube-system)", "kube.default.app", true],
    ["kube\\.(?!kube-system)", "kube.kube-system.dns", false],
    ["kube\\.(?=default|prod)", "kube.prod.app", true],
    ["kube\\.(?=default|prod)", "kube.test.app", false],
    ["kube\\.(?!kube-system)[^.]+\\.app", "kube.kube-systems.app", false],
    ["kube\\.(?!kube-system\\.)[^.]+\\.app", "kube.kube-systems.app", true],
    ["^(?!.*istio).*$", "kube.istio", false],
    ["^(?!.*istio).*$", "kube.shop", true],
    ["app", "app.one", true], // the end is free
    ["app", "my.app", false], // the start is not
    ["(?i)APP", "app.one", true],
    ["a(?i:B)c", "abc", true],
    ["a(?i:B)c", "abC", false],
    ["/app/i", "APP.one", true],
    ["/app/", "app.one", true],
    ["/app/q", "app", false], // unknown options: the slashes belong to the pattern
    ["x*", "app", false], // an empty match does not count
    ["x*?", "xx", false], // and is preferred here
    ["|app", "app", false],
    ["app|", "app", true],
    [".*", "", false],
    ["[[:alpha:]]+\\.\\d+\\z", "cpu.0", true],
    ["\\w+", "é", false], // \w is ASCII in Ruby's syntax, [[:word:]] is not
    ["[[:word:]]+", "é", true],
    ["(?>a+)b", "aab", true],
    ["(?>a+)ab", "aab", false],
    ["a++b", "aab", true],
    ["a(?<=a)b", "ab", true],
    ["a(?<!a)b", "ab", false],
    ["\\h+", "beef", true],
    ["^service\\.(?:web|db)$", "service.web", true],
    ["app\\b", "app.one", true],
    ["app\\b", "apple", false],
    ["a\\Z", "a\n", true],
    ["[a-c&&[^b]]+x", "acx", true],
    ["[a-c&&[^b]]+x", "abx", false],
    ["a{2,3}b", "aaab", true],
    ["a{2,3}b", "ab", false],
    ["/a b # letters/x", "ab", true],
    ["\\p{Lu}", "É", true],
  ])("%s and %s: %s", (source, tag, expected) => {
    const { matches, problem, reader } = readMatchRegex(source);
    expect(problem).toBeUndefined();
    expect(matches(tag)).toBe(expected);
    if (reader !== undefined) expect(readsTo(reader, tag)).toBe(expected);
  });

  it.each([
    ["(", "("],
    ["[a", "[a"],
    ["*", "*"],
    ["a(?<n>b", "a(?<n>b"],
    ["\\p{NoSuchScript}", "\\p{NoSuchScript}"],
    ["a back reference", "(a)\\1"],
    ["a subroutine", "(?<n>a)\\g<n>"],
    ["what is too large", "(?:a{999}){999}"],
    ["what is too deep", `${"(".repeat(20_000)}${")".repeat(20_000)}`],
  ])("cannot read %s", (_, source) => {
    const regex = readMatchRegex(source);
    expect(regex.matches("a")).toBeUndefined();
    expect(regex.reader).toBeUndefined();
    expect(regex.problem).not.toBe("");
    expect(regex).toMatchObject({ source });
  });

  it.each([
    "^(a+)+$",
    "^(a|a)*$",
    "^(a|aa)+$",
    "(.*)*(.*)*(.*)*x",
    "(?=(a+)+$)b",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
  ])("%s takes no time that grows beyond measure", (source) => {
    const { matches, reader } = readMatchRegex(source);
    const tag = `${"a".repeat(2000)}b`;
    expect(matches(tag)).toBe(false);
    expect(reader === undefined || readsTo(reader, tag)).toBe(reader === undefined);
  });

  it("gives up where it would take too many steps", () => {
    // Every place looks ahead to the end, from every place.
    const { matches } = readMatchRegex("(?:(?=(?:(?=.*b)a)*c)a)*d");
    expect(matches("a".repeat(5000))).not.toBe(true);
  });
});

describe("a random expression", () => {
  const character = fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "\\.");
  const assertion = fc.constantFrom("\\b", "^", "$", "(?!b)", "(?=a)", "(?!a.b)");
  // What is repeated reads a character at least: for empty rounds the two kinds of engine differ.
  const { expression } = fc.letrec<{ expression: string; solid: string }>((tie) => ({
    solid: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      character,
      fc.tuple(tie("solid"), tie("expression")).map((parts) => parts.join("")),
      fc.tuple(tie("expression"), tie("solid")).map((parts) => parts.join("")),
      fc.tuple(tie("solid"), tie("solid")).map((parts) => `(?:${parts.join("|")})`),
    ),
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      assertion,
      tie("solid"),
      fc.tuple(tie("expression"), tie("expression")).map((parts) => parts.join("")),
      fc.tuple(tie("expression"), tie("expression")).map((parts) => `(?:${parts.join("|")})`),
      fc
        .tuple(tie("solid"), fc.constantFrom("*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}"))
        .map(([one, times]) => `(?:${one})${times}`),
    ),
  }));
  const tag = fc.string({ unit: fc.constantFrom("a", "b", ".", "-"), maxLength: 8 });

  it("is matched as a backtracking search does, and read as it is matched", () => {
    fc.assert(
      fc.property(expression, tag, (source, text) => {
        const { matches, reader } = readMatchRegex(source);
        const found = new RegExp(source, "ymu").exec(text);
        const expected = found !== null && found[0] !== "";
        expect(matches(text)).toBe(expected);
        if (reader !== undefined) expect(readsTo(reader, text)).toBe(expected);
      }),
      { numRuns: 800, seed: 20261127 },
    );
  });
});
