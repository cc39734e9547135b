import { describe, expect, it } from "vitest";
import { parseFluentBitVersion, NEWEST_KNOWN_VERSION } from "../../../src/config/version.ts";
import { createTranslation } from "../../../src/config/values/variables.ts";

const position = { file: "a.conf", line: 3 };

function translate(
  value: string,
  release = NEWEST_KNOWN_VERSION.text,
): { text: string; warned: readonly string[] } {
  const warned: string[] = [];
  const definitions = [
    { name: "A", value: "old", position },
    { name: "A", value: "alpha", position },
    { name: "NOTHING", value: "", position },
  ];
  const environment = { A: "from outside", HOME: "/root", EMPTY: "" };
  const version = parseFluentBitVersion(release) ?? NEWEST_KNOWN_VERSION;
  const warn = (message: string): void => {
    warned.push(message);
  };
  const translate = createTranslation(definitions, environment, { version, warn });
  return { text: translate(value, position).value, warned };
}

describe("${NAME}", () => {
  it.each([
    ["plain", "plain"],
    ["${A}", "alpha"],
    ["x${A}y${HOME}z", "xalphay/rootz"],
    ["${NOTHING}", ""],
    ["a${NOTHING}b", "ab"],
    ["$A {A}", "$A {A}"],
    ["${A", "${A"],
    ["${}", "${}"],
    ["${A} ${HOME", "alpha"], // Fluent Bit loses the rest too
    ["}${A}", "}${A}"],
    ["${HOSTNAME}", "localhost"],
    ["a${MISSING:-b}c", "abc"],
    ["${EMPTY:-b}", "b"],
    ["${NOTHING:-b}", "b"],
    ["${A:-b}", "alpha"],
    ["${MISSING:-}", ""],
    ["${MISSING:-x:-y}", "x:-y"],
    ["${HOSTNAME:-b}", "localhost"],
  ])("%s becomes '%s'", (value, expected) => {
    expect(translate(value)).toEqual({ text: expected, warned: [] });
  });

  it("has no default before v5.0.6", () => {
    const text = "is not set; Fluent Bit replaces it by nothing.";
    expect(translate("${A:-b}", "5.0.5")).toEqual({
      text: "",
      warned: [
        "${NAME:-default} exists since v5.0.6; before, 'A:-b' is a name.",
        `\${A:-b} ${text}`,
      ],
    });
    expect(translate("${A:-b}", "5.0.6")).toEqual({ text: "alpha", warned: [] });
    expect(translate("${A:=b}")).toEqual({ text: "", warned: [`\${A:=b} ${text}`] });
  });

  it.each(["${MISSING}", "${EMPTY}"])("%s becomes nothing, with a warning", (value) => {
    expect(translate(`a${value}b`)).toEqual({
      text: "ab",
      warned: [`${value} is not set; Fluent Bit replaces it by nothing.`],
    });
  });
});
