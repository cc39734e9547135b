import { describe, expect, it } from "vitest";
import { readClassicFormat } from "../../../src/config/format/classic-format.ts";
import type { ConfigurationFormat } from "../../../src/config/format/configuration-format.ts";
import { inMemoryFiles } from "../in-memory-files.ts";

function read(text: string, others: Readonly<Record<string, string>> = {}): ConfigurationFormat {
  return readClassicFormat("/etc/a.conf", inMemoryFiles({ "/etc/a.conf": text, ...others }));
}

/** Sections as `name/type key=value@file:line`, short enough to compare. */
function outline({ sections }: ConfigurationFormat): readonly string[] {
  return sections.map(({ name, type, properties }) =>
    [
      `${name}/${type}`,
      ...properties.map(
        ({ key, value, position }) => `${key}=${value}@${position.file}:${position.line}`,
      ),
    ].join(" "),
  );
}

describe("the classic format", () => {
  it("takes names and keys in any letter case, and keeps what is in values", () => {
    const format = read(
      "[sErViCe]\n    FLUSH  5 \n[Input]\n    Name   tail\n    Path /var/Log/*.log # all\n",
    );
    expect(outline(format)).toEqual([
      "sErViCe/service flush=5@/etc/a.conf:2",
      "Input/input name=tail@/etc/a.conf:4 path=/var/Log/*.log # all@/etc/a.conf:5",
    ]);
  });

  it("takes carriage returns, no line feed at the end, tabs as indentation", () => {
    expect(outline(read("[INPUT]\r\n\tName cpu\r\n\r\n\tTag x"))).toEqual([
      "INPUT/input name=cpu@/etc/a.conf:2 tag=x@/etc/a.conf:4",
    ]);
  });

  it("skips comments where Fluent Bit does", () => {
    expect(outline(read("# one\n[INPUT]\n    # two\n#three\n    Name cpu\n"))).toEqual([
      "INPUT/input name=cpu@/etc/a.conf:5",
    ]);
  });

  it("knows sections by a prefix of their name, as get_section_type does", () => {
    expect(read("[SERV]\n[in]\n[OUTPUTS]\n[PARSER]\n[INPUTX]\n[]\n").sections).toMatchObject([
      { type: "service" },
      { type: "input" },
      { type: "output" },
      { type: "other" },
      { type: "other" },
      { type: "other" },
    ]);
  });

  it("keeps groups apart from the settings of their section", () => {
    expect(outline(read("[INPUT]\n  Name x\n  [Rule]\n    Name y\n  Tag z\n"))).toEqual([
      "INPUT/input name=x@/etc/a.conf:2 rule.name=y@/etc/a.conf:4 tag=z@/etc/a.conf:5",
    ]);
  });

  it("reads @SET wherever it stands, and no other command", () => {
    const { variables } = read("@SET A=1\n@set B = x=y \n@OTHER thing\n[INPUT]\n@Set C=\n");
    expect(variables.map(({ name, value, position }) => [name, value, position.line])).toEqual([
      ["A", "1", 1],
      ["B ", " x=y", 2],
      ["C", "", 5],
    ]);
  });

  it("includes files relative to the main file, wildcards in alphabetical order", () => {
    const format = read("@INCLUDE sub/one.conf\n@include sub/*-out.conf\n[INPUT]\n    Name cpu\n", {
      "/etc/sub/one.conf": "[SERVICE]\n  flush 1\n@INCLUDE sub/deep.conf\n",
      "/etc/sub/deep.conf": "[FILTER]\n\tName grep\n",
      "/etc/sub/b-out.conf": "[OUTPUT]\n Name b\n",
      "/etc/sub/a-out.conf": "[OUTPUT]\n Name a\n",
    });
    expect(outline(format)).toEqual([
      "SERVICE/service flush=1@/etc/sub/one.conf:2",
      "FILTER/filter name=grep@/etc/sub/deep.conf:2",
      "OUTPUT/output name=a@/etc/sub/a-out.conf:2",
      "OUTPUT/output name=b@/etc/sub/b-out.conf:2",
      "INPUT/input name=cpu@/etc/a.conf:4",
    ]);
    expect(format.files).toEqual([
      "/etc/a.conf",
      "/etc/sub/one.conf",
      "/etc/sub/deep.conf",
      "/etc/sub/a-out.conf",
      "/etc/sub/b-out.conf",
    ]);
  });

  it("goes on with the section after an include", () => {
    const others = { "/etc/b.conf": "[OUTPUT]\n  Name b\n" };
    expect(outline(read("[INPUT]\n  Name a\n@INCLUDE b.conf\n  Tag t\n", others))).toEqual([
      "INPUT/input name=a@/etc/a.conf:2 tag=t@/etc/a.conf:4",
      "OUTPUT/output name=b@/etc/b.conf:2",
    ]);
  });
});
