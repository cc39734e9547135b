import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../src/config/configuration-error.ts";
import { readFluentBitConfiguration } from "../../src/config/read-configuration.ts";
import { readClassic, readYaml } from "./read-text.ts";

function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return error instanceof ConfigurationError ? error.message : "";
  }
  return "no error";
}

const PLUGINS = "[INPUT]\n  Name cpu\n[OUTPUT]\n  Name null\n  Match *\n";

describe("a bad classic file gives one sentence with file, line and what was expected", () => {
  it.each([
    [
      "",
      "/etc/fluent-bit.conf: expected an input, an [INPUT] section or an item of 'inputs', found none. A part that something else includes, or adds to, is judged only as a whole.",
    ],
    [
      "[INPUT]\n  Name cpu\n",
      "/etc/fluent-bit.conf: expected an output, an [OUTPUT] section or an item of 'outputs', found none. A part that something else includes, or adds to, is judged only as a whole.",
    ],
    ["[SERVICE\n", ":1: expected a section header [NAME], found '[SERVICE'."],
    ["  flush 1\n", ":1: expected a [SECTION] header before 'flush 1'."],
    [
      "[SERVICE]\nflush 1\n",
      ":2: expected a [SECTION] header or an indented 'key value' line, found 'flush 1'.",
    ],
    ["[SERVICE]\n  flush\n", ":2: expected a value after the key 'flush'."],
    ["[SERVICE]\n  flush \n", ":2: expected a value after the key 'flush'."],
    [
      "[SERVICE]\n\tflush\t1\n",
      ":2: expected a space between key and value; 'flush 1' has only tabs.",
    ],
    [
      "[SERVICE]\n  flush 1\n    grace 1\n   daemon off\n",
      ":4: the line is indented more than the others; expected the same indentation.",
    ],
    [
      "[SERVICE]\n  flush 1\n grace 1\n",
      ":3: the line is indented less than the others; expected the same indentation.",
    ],
    [
      "[SERVICE]\n  flush 1\n\tgrace 1\n",
      ":3: tabs and spaces are mixed in the indentation; expected the same indentation.",
    ],
    ["@SET\n", ":1: expected a value after '@SET', as in '@SET A=b'."],
    ["@SET A b\n", ":1: expected NAME=value after @SET, found 'A b'."],
    [
      "@INCLUDE missing.conf\n",
      ":1: expected a file to include at '/etc/missing.conf', but there is no such file.",
    ],
    ["@INCLUDE none/*.conf\n", ":1: expected files to include at '/etc/none/*.conf', found none."],
    [
      "\n@INCLUDE fluent-bit.conf\n",
      ":2: the file includes itself: /etc/fluent-bit.conf -> /etc/fluent-bit.conf.",
    ],
    [
      `${PLUGINS}[INPUT]\n  Tag x\n`,
      ":6: expected a 'name' with the plugin's name in the section 'INPUT'.",
    ],
    [
      `${PLUGINS}[SERVICE]\n  storage.max_chunks_up -1\n`,
      ":7: expected storage.max_chunks_up to be a whole number of at least 0, found '-1'.",
    ],
    [
      `${PLUGINS}[SERVICE]\n  storage.max_chunks_up many\n`,
      ":7: expected storage.max_chunks_up to be a whole number of at least 0, found 'many'.",
    ],
    [
      `${PLUGINS}[SERVICE]\n  storage.max_chunks_up 99999999999\n`,
      ":7: expected storage.max_chunks_up to be a whole number of at least 0, found '99999999999'.",
    ],
    [
      `${PLUGINS}[SERVICE]\n  flush soon\n`,
      ":7: expected flush to be a number of at least 0, found 'soon'.",
    ],
    [
      "\u{FEFF}[SERVICE]\n",
      ":1: the file starts with a byte order mark, which Fluent Bit does not skip; expected plain UTF-8.",
    ],
    ["[SERVICE]\n  a b\0\n", ":2: found a zero byte; expected a text file."],
  ])("%j", (text, expected) => {
    const whole = expected.startsWith(":") ? `/etc/fluent-bit.conf${expected}` : expected;
    expect(messageOf(() => readClassic(text))).toBe(whole);
  });

  it("names the included file that is bad", () => {
    const others = { "/etc/b.conf": "[SERVICE]\n  flush\n" };
    expect(messageOf(() => readClassic("@INCLUDE b.conf\n", { others }))).toBe(
      "/etc/b.conf:2: expected a value after the key 'flush'.",
    );
  });

  it("tells a cycle from a second reading", () => {
    const others = {
      "/etc/b.conf": "@INCLUDE c.conf\n",
      "/etc/c.conf": "# c\n@INCLUDE b.conf\n",
      "/etc/d.conf": "# d\n",
    };
    expect(messageOf(() => readClassic("@INCLUDE b.conf\n", { others }))).toBe(
      "/etc/c.conf:2: the file includes itself: /etc/b.conf -> /etc/c.conf -> /etc/b.conf.",
    );
    expect(messageOf(() => readClassic("@INCLUDE d.conf\n@INCLUDE ./d.conf\n", { others }))).toBe(
      "/etc/fluent-bit.conf:2: '/etc/d.conf' has been read before; Fluent Bit reads each file only once.",
    );
  });
});

describe("a bad YAML file gives one sentence with file, line and what was expected", () => {
  it.each([
    ["- a\n", ":1: expected the file to be a map, 'key: value'."],
    ["service:\n  - a\n", ":2: expected 'service' to be a map of settings, 'key: value'."],
    ["service:\n\tflush: 1\n", ":2: bad YAML: Tabs are not allowed as indentation."],
    [
      "a: [1\n",
      ":2: bad YAML: Flow sequence in block collection must be sufficiently indented and end with a ].",
    ],
    [
      "service:\n  flush: 1\n---\nservice:\n  grace: 1\n",
      ":4: expected one 'service', but there is another in /etc/fluent-bit.yaml at line 1.",
    ],
    [
      "pipeline:\n  input:\n",
      ":2: expected 'inputs', 'filters' or 'outputs' in 'pipeline', found 'input'.",
    ],
    ["pipeline:\n  inputs:\n    name: cpu\n", ":3: expected 'inputs' to be a list ('- ...')."],
    [
      "pipeline:\n  inputs:\n    - cpu\n",
      ":3: expected an item of 'inputs' to be a map of settings, 'key: value'.",
    ],
    ["pipeline: [x]\n", ":1: expected 'pipeline' to be a map, 'key: value'."],
    [
      "a: &x 1\nb: *x\nservice: *x\n",
      ":2: expected a value; Fluent Bit does not follow the YAML alias '*x' (a text that starts so is quoted).",
    ],
    [
      "a: b\nmatch: *\n",
      ":2: bad YAML: an asterisk starts an alias here; as a text it has to be quoted, '*'.",
    ],
    [
      "service:\n  flush: 1\n  storage:\n    path: /x\n",
      ":4: expected a text for 'storage', found a map; Fluent Bit wants one key, as in 'storage.path: value'.",
    ],
    [
      "pipeline:\n  inputs:\n    - name: cpu\n      storage: {type: filesystem}\n",
      ":4: expected a text for 'storage', found a map; Fluent Bit wants one key, as in 'storage.type: value'.",
    ],
    ["? [a]\n: b\n", ":1: expected a plain key, found a collection."],
    ["env: x\n", ":1: expected 'env' to be a map, 'NAME: value'."],
    ["env:\n  A: [x]\n", ":2: expected the variable 'A' to be a text."],
    ["env:\n  - A\n", ":2: expected 'name' and 'value' in an item of 'env'."],
    ["includes: a.yaml\n", ":1: expected 'includes' to be a list ('- ...')."],
    ["includes:\n  - [a]\n", ":2: expected a file name in 'includes'."],
    [
      "includes:\n  - a.yaml\n",
      ":2: expected a file to include at '/etc/a.yaml', but there is no such file.",
    ],
    [
      "pipeline:\n  inputs:\n    - tag: a\n  outputs:\n    - name: b\n",
      ":3: expected a 'name' with the plugin's name in the section 'inputs'.",
    ],
  ])("%j", (text, expected) => {
    expect(messageOf(() => readYaml(text))).toBe(`/etc/fluent-bit.yaml${expected}`);
  });

  it("bears any nesting", () => {
    const deep = `a: ${"[".repeat(20_000)}`;
    expect(messageOf(() => readYaml(deep))).toMatch(/^\/etc\/fluent-bit\.yaml(?::\d+)?: /u);
    const legal = `a: ${"[".repeat(500)}${"]".repeat(500)}\n`;
    expect(messageOf(() => readYaml(legal))).toBe(
      "/etc/fluent-bit.yaml:1: more than 100 levels of nesting.",
    );
  });
});

describe("on the real file system", () => {
  it("says what is wrong with the file itself", () => {
    const folder = mkdtempSync(join(tmpdir(), "unstuck-config-"));
    try {
      expect(messageOf(() => readFluentBitConfiguration(join(folder, "none.conf")))).toBe(
        `${join(folder, "none.conf")}: expected a configuration file, but there is no such file.`,
      );
      expect(messageOf(() => readFluentBitConfiguration(folder))).toBe(
        `${folder}: expected a configuration file, but it is a folder.`,
      );
      writeFileSync(join(folder, "a.conf"), "@INCLUDE a*.conf\n");
      expect(messageOf(() => readFluentBitConfiguration(join(folder, "a.conf")))).toBe(
        `${join(folder, "a.conf")}:1: the file includes itself: ${join(folder, "a.conf")} -> ${join(folder, "a.conf")}.`,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
