import { describe, expect, it } from "vitest";
import type { ConfigurationFormat } from "../../../src/config/format/configuration-format.ts";
import { readYamlFormat } from "../../../src/config/format/yaml-format.ts";
import { inMemoryFiles } from "../in-memory-files.ts";

function read(text: string, others: Readonly<Record<string, string>> = {}): ConfigurationFormat {
  return readYamlFormat("/etc/a.yaml", inMemoryFiles({ "/etc/a.yaml": text, ...others }));
}

function settings({ sections }: ConfigurationFormat): readonly (readonly string[])[] {
  return sections.map(({ type, properties }) => [
    type,
    ...properties.map(({ key, value, position }) => `${key}=${value}:${position.line}`),
  ]);
}

describe("the YAML format", () => {
  it("takes every scalar as the text that was written", () => {
    const format = read(
      "service:\n  flush: 0.50\n  daemon: off\n  http_port: 0x10\n  a: 'on'\n  b:\n  c: ~\n",
    );
    expect(settings(format)).toEqual([
      ["service", "flush=0.50:2", "daemon=off:3", "http_port=0x10:4", "a=on:5", "b=:6", "c=~:7"],
    ]);
  });

  it("skips a byte order mark, as libyaml does", () => {
    expect(settings(read("\u{FEFF}service:\n  flush: 1\n"))).toEqual([["service", "flush=1:2"]]);
  });

  it("knows keys in camel case, in snake case and in any letter case", () => {
    const format = read(
      "pipeline:\n  outputs:\n    - name: http\n      retryLimit: 3\n      Retry_Limit: 4\n      storage.maxChunksUp: 5\n",
    );
    expect(settings(format)).toEqual([
      ["output", "name=http:3", "retry_limit=3:4", "retry_limit=4:5", "storage.max_chunks_up=5:6"],
    ]);
  });

  it("sets a key once for each item of a list, and flattens what is nested", () => {
    const format = read(`
pipeline:
  filters:
    - name: rewrite_tag
      rule:
        - $a x y false
        - $b x z true
  inputs:
    - name: cpu
      processors:
        logs:
          - name: sql
            query: SELECT
      routes:
        logs:
          - name: errors
            to:
              outputs: [one, name: two]
`);
    expect(settings(format)).toEqual([
      ["filter", "name=rewrite_tag:4", "rule=$a x y false:6", "rule=$b x z true:7"],
      [
        "input",
        "name=cpu:9",
        "processors.logs.name=sql:12",
        "processors.logs.query=SELECT:13",
        "routes.logs.0.name=errors:16",
        "routes.logs.0.to.outputs.0=one:18",
        "routes.logs.0.to.outputs.1.name=two:18",
      ],
    ]);
  });

  it("reads variables as a map and as a list", () => {
    const variables = (text: string): unknown =>
      read(text).variables.map(({ name, value, position }) => [name, value, position.line]);
    expect(variables("env:\n  A: 1\n  B: two words\n")).toEqual([
      ["A", "1", 2],
      ["B", "two words", 3],
    ]);
    expect(
      variables("env:\n  - name: A\n    value: 1\n  - B: 2\n  - name: C\n    uri: file:///c\n"),
    ).toEqual([
      ["A", "1", 2],
      ["B", "2", 4],
      ["C", "", 5],
    ]);
  });

  it("tolerates other sections, empty lists, several documents", () => {
    const format = read(
      "parsers:\n  - name: json\n---\ncustoms:\n  - name: calyptia\n---\npipeline:\n  inputs:\n  outputs: []\n",
    );
    expect(settings(format)).toEqual([["other"], ["custom", "name=calyptia:5"]]);
  });

  it("includes files relative to the file that includes them", () => {
    const format = read("includes:\n  - sub/one.yaml\n", {
      "/etc/sub/one.yaml": "includes:\n  - two*.yaml\npipeline:\n  inputs:\n    - name: cpu\n",
      "/etc/sub/two.yaml": "pipeline:\n  outputs:\n    - name: null\n",
    });
    expect(settings(format)).toEqual([
      ["output", "name=null:3"],
      ["input", "name=cpu:5"],
    ]);
    expect(format.files).toEqual(["/etc/a.yaml", "/etc/sub/one.yaml", "/etc/sub/two.yaml"]);
  });
});
