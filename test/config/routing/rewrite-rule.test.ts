import { describe, expect, it } from "vitest";
import { rewriteRuleTags } from "../../../src/config/routing/rewrite-rule.ts";
import { formatTagPattern } from "../../../src/config/routing/tag-pattern.ts";

describe("the new tag of a rule", () => {
  it.each([
    ["$log ^.+ new_tag false", "new_tag"],
    ["$tool ^(fluent)$ from.$TAG.new.$tool['sub1']['sub2'].out false", "from.*.new.*.out"],
    ['$a "x y" copy.$0 true', "copy.*"],
    ["$kubernetes['labels']['app'] ^(.*)$ $kubernetes['labels']['a.b/c'] false", "*"],
    ["$a x $TAG[2].$1 true", "*.*"],
  ])("%s is %s", (rule, expected) => {
    expect(formatTagPattern(rewriteRuleTags(rule) ?? [])).toBe(expected);
  });

  it("is missing in half a rule", () => {
    expect(rewriteRuleTags("$log ^.+")).toBeUndefined();
  });
});
