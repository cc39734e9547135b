import { describe, expect, it } from "vitest";
import { style } from "../../src/report/style.ts";
import { wrapped } from "../../src/report/wrapped.ts";

describe("wrapped text", () => {
  it("breaks between words, and indents what follows", () => {
    expect(wrapped("one two three four", "- ", 9)).toBe("- one two\n  three\n  four");
  });

  it("leaves a word whole that is too long", () => {
    expect(wrapped("a /a/very/long/name b", "", 8)).toBe("a\n/a/very/long/name\nb");
  });

  it("does not count colours", () => {
    const red = style(true).red("red");
    expect(wrapped(`${red} and blue`, "", 8)).toBe(`${red} and\nblue`);
  });

  it("is its beginning where there are no words", () => {
    expect(wrapped("", "- ")).toBe("- ");
  });
});
