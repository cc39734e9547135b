import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../src/config/configuration-error.ts";
import type { FluentBitConfiguration } from "../../src/config/fluent-bit-configuration.ts";
import { attacked } from "../attack/attacked.ts";
import { seed } from "../explore/seed.ts";
import { readClassic, readYaml } from "./read-text.ts";

/** Whatever is read, the result is whole, or the error is the one that is promised. */
function checkReading(read: () => FluentBitConfiguration): void {
  try {
    const { inputs, outputs, filesystem, service } = read();
    expect(outputs.length).toBeGreaterThan(0);
    expect(inputs.length).toBeGreaterThan(0);
    expect(service.maxChunksUp.value).toBeGreaterThanOrEqual(1);
    for (const mask of filesystem.routes.masks) {
      expect(mask.length).toBeGreaterThan(0);
      expect(mask.every((index) => index < filesystem.outputs.length)).toBe(true);
    }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) {
      throw error;
    }
    expect(error.message).toMatch(/^\/etc\/\S+(?::\d+)?: .*\.$/u);
    expect(error.message).not.toContain("\n");
  }
}

const word = fc.oneof(
  fc.constantFrom(
    "name",
    "Name",
    "tag",
    "match",
    "Match_Regex",
    "retry_limit",
    "storage.type",
    "filesystem",
    "storage.max_chunks_up",
    "storage.path",
    "tail",
    "http",
    "forward",
    "rewrite_tag",
    "rule",
    "multiline",
    "kube.*",
    "*",
    "${A}",
    "${",
    "}",
    "(a|",
    "^k.*",
    "0",
    "-3",
    "1e9",
    "no_limits",
    "@SET",
    "@INCLUDE",
    "A=b",
    "[",
    "]",
    "[INPUT]",
    "[OUTPUT]",
    "#",
    "path",
    "/a/*.log",
  ),
  fc.string({ maxLength: 6 }),
);
const blank = fc.constantFrom("", " ", "  ", "    ", "\t", " \t");
const line = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constant("  "), word, fc.constant(" "), word) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("[INPUT]", "[output]", "[SERVICE]", "[FILTER]").map((l) => [l]),
  },
  { weight: 1, arbitrary: fc.tuple(blank, word, blank, word, blank) },
);
const classicText = fc
  .array(
    line.map((parts) => parts.join("")),
    { maxLength: 14 },
  )
  .chain((lines) => fc.constantFrom("\n", "\r\n").map((end) => lines.join(end)));

const yamlScalar = fc.oneof(
  word,
  fc.constantFrom("", "~", "&a x", "*a", "!t y", "|", ">-", "{", "[a]", "- b", "'"),
);
const yamlLine = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "service:",
      "pipeline:",
      "  inputs:",
      "  outputs:",
      "  filters:",
      "env:",
      "includes:",
      "---",
      "parsers:",
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom("    - name: ", "      tag: ", "      match: ", "  "), yamlScalar)
      .map((p) => p.join("")),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(blank, yamlScalar, fc.constantFrom(": ", " ", ":"), yamlScalar)
      .map((p) => p.join("")),
  },
);
const yamlText = fc.array(yamlLine, { maxLength: 14 }).map((lines) => lines.join("\n"));

const whole =
  "\n[INPUT]\n  Name tail\n  storage.type filesystem\n[OUTPUT]\n  Name http\n  Match *\n";
const wholeYaml =
  "\npipeline:\n  inputs:\n    - {name: tail, storage.type: filesystem}\n  outputs:\n    - {name: http, match: '*'}\n";

describe("nothing but a ConfigurationError is thrown", () => {
  it("for classic files", () => {
    fc.assert(
      fc.property(classicText, fc.boolean(), (text, complete) => {
        checkReading(() => readClassic(complete ? text + whole : text));
      }),
      { numRuns: 1500, seed },
    );
    attacked("malformed configurations", 1500);
  });

  it("for YAML files", () => {
    fc.assert(
      fc.property(yamlText, fc.boolean(), (text, complete) => {
        checkReading(() => readYaml(complete ? text + wholeYaml : text));
      }),
      { numRuns: 1500, seed },
    );
    attacked("malformed configurations", 1500);
  });

  it("for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        checkReading(() => readClassic(text));
        checkReading(() => readYaml(text));
      }),
      { numRuns: 1000, seed },
    );
    attacked("malformed configurations", 2000);
  });

  it("and the texts tried are of both kinds: some are refused, some are read", () => {
    const outcomes = (read: (text: string) => unknown, texts: readonly string[]): Set<string> =>
      new Set(
        texts.map((text) => {
          try {
            read(text);
            return "read";
          } catch {
            return "refused";
          }
        }),
      );
    const sample = { numRuns: 300, seed: 1 };
    const classic = fc.sample(classicText, sample).map((text) => text + whole);
    const yaml = fc.sample(yamlText, sample).map((text) => text + wholeYaml);
    expect(outcomes(readClassic, classic)).toEqual(new Set(["read", "refused"]));
    expect(outcomes(readYaml, yaml)).toEqual(new Set(["read", "refused"]));
  });
});
