import { describe, expect, it } from "vitest";
import { createTranslation } from "../../../src/config/values/variables.ts";

const position = { file: "a.conf", line: 3 };

function translate(value: string): { text: string; warned: readonly string[] } {
  const warned: string[] = [];
  const definitions = [
    { name: "A", value: "old", position },
    { name: "A", value: "alpha", position },
    { name: "NOTHING", value: "", position },
  ];
  const environment = { A: "from outside", HOME: "/root", EMPTY: "" };
  const text = createTranslation(definitions, environment, (message) => warned.push(message))(
    value,
    position,
  );
  return { text, warned };
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
  ])("%s becomes '%s'", (value, expected) => {
    expect(translate(value)).toEqual({ text: expected, warned: [] });
  });

  it.each(["${MISSING}", "${EMPTY}"])("%s becomes nothing, with a warning", (value) => {
    expect(translate(`a${value}b`)).toEqual({
      text: "ab",
      warned: [`${value} is not set; Fluent Bit replaces it by nothing.`],
    });
  });
});
