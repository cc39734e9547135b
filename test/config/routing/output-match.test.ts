import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMatchRegex } from "../../../src/config/routing/match-regex.ts";
import { routeMasksOfTags, type OutputMatch } from "../../../src/config/routing/output-match.ts";
import { ANY_TEXT, patternFromWildcards } from "../../../src/config/routing/tag-pattern.ts";
import { matchesWildcard } from "../../../src/config/routing/wildcard-match.ts";

function match(text: string): OutputMatch {
  return { match: text, matchRegex: undefined };
}

function regex(source: string): OutputMatch {
  return { match: undefined, matchRegex: readMatchRegex(source) };
}

describe("the routes of a known tag", () => {
  it("are one mask", () => {
    const outputs = [match("kube.*"), match("host.*"), regex("kube\\.app")];
    expect(routeMasksOfTags(["kube.app.1"], outputs)).toEqual({
      masks: [[0, 2]],
      certain: [[0, 2]],
      exact: true,
      complete: true,
      mayHaveNoRoute: false,
    });
    expect(routeMasksOfTags(["other"], outputs)).toMatchObject({ masks: [], mayHaveNoRoute: true });
  });

  it("are open where a Match_Regex cannot be read", () => {
    expect(routeMasksOfTags(["a"], [match("*"), regex("(")])).toMatchObject({
      masks: [[0], [0, 1]],
      exact: false,
    });
  });
});

describe("the routes of unknown tags", () => {
  it("are every mask that some tag has, and no other", () => {
    const outputs = [match("*"), match("a.*"), match("*.b")];
    const masks = [[0], [0, 1], [0, 2], [0, 1, 2]];
    expect(routeMasksOfTags([ANY_TEXT], outputs)).toEqual({
      masks,
      certain: masks,
      exact: true,
      complete: true,
      mayHaveNoRoute: false,
    });
  });

  it("do not combine what excludes each other", () => {
    expect(routeMasksOfTags([ANY_TEXT], [match("a.*"), match("b.*")])).toMatchObject({
      masks: [[0], [1]],
      exact: true,
      mayHaveNoRoute: true,
    });
  });

  it("are limited by what is known of the tag", () => {
    const outputs = [match("kube.*"), match("kube.var.log.containers.app*"), match("host.*")];
    expect(routeMasksOfTags(["kube.", ANY_TEXT], outputs)).toMatchObject({
      masks: [[0], [0, 1]],
      exact: true,
      mayHaveNoRoute: false,
    });
  });

  it("follow a Match_Regex", () => {
    expect(routeMasksOfTags(["k.", ANY_TEXT], [match("k.*"), regex("k\\.x")])).toMatchObject({
      masks: [[0], [0, 1]],
      exact: true,
      complete: true,
    });
    const all = [match("*"), regex("(?:kube|service)\\.(.*)"), regex("kube\\.(?!audit)")];
    expect(routeMasksOfTags(["kube.", ANY_TEXT], all)).toMatchObject({
      masks: [
        [0, 1],
        [0, 1, 2],
      ],
      exact: true,
    });
  });

  it("leave a Match_Regex open that no machine can be made of", () => {
    const open = regex("k\\.(?>x+)y");
    expect(routeMasksOfTags(["k.", ANY_TEXT], [match("k.*"), open])).toMatchObject({
      masks: [[0], [0, 1]],
      certain: [],
      exact: false,
      complete: true,
    });
    // Where another pattern of the output matches, nothing is open.
    const either = { match: "k.*", matchRegex: open.matchRegex };
    expect(routeMasksOfTags(["k.", ANY_TEXT], [either])).toMatchObject({
      masks: [[0]],
      certain: [[0]],
    });
  });

  it("are the same for outputs that say the same, read or not", () => {
    for (const source of ["(?:kube|service)\\.(.*)", "a(?>b+)c", "(a)\\1"]) {
      const { masks } = routeMasksOfTags([ANY_TEXT], [regex(source), match("x"), regex(source)]);
      expect(masks.filter((mask) => mask.includes(0) !== mask.includes(2))).toEqual([]);
      expect(masks).toContainEqual([0, 2]);
    }
  });

  it("are found for hundreds of outputs", () => {
    const alike = Array.from({ length: 500 }, () => match("*"));
    expect(routeMasksOfTags([ANY_TEXT], alike).masks).toEqual([alike.map((_, index) => index)]);
    const own = Array.from({ length: 500 }, (_, index) => match(`kube.ns${index}.*`));
    const { masks, exact } = routeMasksOfTags(["kube.", ANY_TEXT], own);
    expect([masks.length, exact]).toEqual([500, true]);
  });

  it("stay a list of bearable length, which then says that it is not complete", () => {
    const outputs = Array.from({ length: 30 }, (_, index) => regex(`(?>t${index})`));
    const routes = routeMasksOfTags([ANY_TEXT], outputs);
    expect(routes.complete).toBe(false);
    expect(routes.masks.length).toBeLessThan(100);
    expect(routes.masks.at(-1)).toHaveLength(30);
  });

  it("give up exactness, not safety, when the patterns' product is too large", () => {
    const outputs = ["abc", "bcd", "cde", "dea", "eab", "acb", "bdc", "ced"].map((word) =>
      match(`*${Array.from(word).join("*")}*${word}*`),
    );
    const routes = routeMasksOfTags([ANY_TEXT], [...outputs, match("")]);
    expect(routes.masks).toContainEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(routes.mayHaveNoRoute).toBe(true);
  });

  it("agree with trying out every short tag", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "*"), minLength: 1, maxLength: 4 });
    const tags = [""];
    for (const tag of tags) {
      if (tag.length < 8) {
        tags.push(`${tag}a`, `${tag}b`, `${tag}c`);
      }
    }
    fc.assert(
      fc.property(word, fc.array(word, { minLength: 1, maxLength: 3 }), (source, matches) => {
        const tried = new Set(
          tags
            .filter((tag) => matchesWildcard(tag, source))
            .map((tag) =>
              matches.flatMap((text, index) => (matchesWildcard(tag, text) ? [index] : [])).join(),
            ),
        );
        const pattern = patternFromWildcards(source);
        const { masks, mayHaveNoRoute, exact } = routeMasksOfTags(pattern, matches.map(match));
        const found = new Set(masks.map((mask) => mask.join()));
        if (mayHaveNoRoute) {
          found.add("");
        }
        expect(exact).toBe(true);
        // Every mask of a short tag is found.
        expect([...tried].filter((mask) => !found.has(mask))).toEqual([]);
        // With so few letters, whatever can occur occurs in a tag of at most 8 characters,
        // unless three patterns have to fit in one after the other.
        if (matches.length < 3) {
          expect([...found].sort()).toEqual([...tried].sort());
        }
      }),
      { numRuns: 60 },
    );
  });
});
