import { describe, expect, it } from "vitest";
import {
  shapeOfConfiguration,
  type ConfigurationShape,
} from "../../src/analysis/configuration/scope-of-configuration.ts";
import { readFluentBitConfiguration } from "../../src/config/read-configuration.ts";
import type { ConfigurationFiles } from "../../src/config/format/configuration-files.ts";
import { inMemoryFiles } from "../config/in-memory-files.ts";

interface Output {
  readonly match: string;
  readonly retries?: string;
}

function files(text: string): ConfigurationFiles {
  return inMemoryFiles({ "/fluent-bit.conf": text });
}

/** The shape of inputs with these tags and outputs with these patterns. */
function shapeOf(
  tags: readonly string[],
  outputs: readonly Output[],
  inputSettings: readonly string[] = [],
): ConfigurationShape {
  const text = [
    "[SERVICE]\n    storage.path /data",
    ...tags.map((tag, index) =>
      [
        `[INPUT]\n    name dummy\n    tag ${tag}\n    storage.type filesystem`,
        ...(inputSettings[index] === undefined ? [] : [`    ${inputSettings[index]}`]),
      ].join("\n"),
    ),
    ...outputs.map(
      ({ match, retries = "no_limits" }) =>
        `[OUTPUT]\n    name http\n    match ${match}\n    retry_limit ${retries}`,
    ),
  ].join("\n");
  return shapeOfConfiguration(
    readFluentBitConfiguration("/fluent-bit.conf", { files: files(`${text}\n`) }),
  );
}

describe("the shape of a configuration", () => {
  it("is one output for one output", () => {
    expect(shapeOf(["a"], [{ match: "*" }])).toEqual({
      outputs: 1,
      outputNames: ["http.0"],
      masks: [[0]],
      routing: "all",
      retryLimit: "unlimited",
      asksForRetries: true,
      inputs: [
        {
          names: ["dummy.0"],
          storageType: "filesystem",
          pauses: false,
          memBufLimit: undefined,
          masks: [[0]],
        },
      ],
      variants: [{ buffers: ["none"], limits: ["none"] }],
      limitRule: "v5.0.8",
      onePlace: false,
      moreTasks: true,
      totalLimits: [undefined],
      hasRoom: true,
      leavesOut: false,
      simplifications: [],
    });
  });

  it("leaves out outputs that no chunk file reaches", () => {
    const shape = shapeOf(["a"], [{ match: "b" }, { match: "a" }]);
    expect([shape.outputs, shape.outputNames, shape.masks]).toEqual([1, ["http.1"], [[0]]]);
  });

  it("takes the routes that there are, not every subset", () => {
    const { masks, routing } = shapeOf(["a", "b"], [{ match: "*" }, { match: "b" }]);
    expect(masks).toEqual([[0], [0, 1]]);
    expect(routing).toBe("any");
  });

  it("judges three outputs of many", () => {
    const tags = ["a", "b", "c", "d", "e"];
    const shape = shapeOf(
      tags,
      tags.map((match) => ({ match })),
    );
    expect(shape.masks).toEqual([[0], [1], [2]]);
    expect(shape.simplifications).toEqual([
      "3 of 5 outputs are judged; the others behave as they do",
    ]);
  });

  it("never lets a chunk of several routes become one of a single route", () => {
    const shape = shapeOf(
      ["a", "b", "c"],
      [{ match: "a" }, { match: "b" }, { match: "c" }, { match: "*" }],
    );
    expect(shape.outputNames).toEqual(["http.0", "http.1", "http.3"]);
    expect(shape.masks).toEqual([
      [0, 2],
      [1, 2],
    ]);
    const wide = shapeOf(["a"], [{ match: "*" }, { match: "a" }, { match: "a*" }, { match: "?" }]);
    expect(wide.masks.every((mask) => mask.length > 1)).toBe(true);
  });

  it("keeps a chunk of a single route where there is one, even of the last output", () => {
    const shape = shapeOf(
      ["x", "y"],
      [{ match: "x" }, { match: "x" }, { match: "x" }, { match: "*" }],
    );
    expect(shape.outputNames).toContain("http.3");
    expect(shape.masks).toContainEqual([shape.outputNames.indexOf("http.3")]);
  });

  it("gives the loosest retry limit, two at most", () => {
    const limitOf = (...retries: readonly string[]): unknown =>
      shapeOf(
        ["a"],
        retries.map((limit) => ({ match: "*", retries: limit })),
      ).retryLimit;
    expect(limitOf("no_limits")).toBe("unlimited");
    expect(limitOf("False")).toBe("unlimited");
    expect(limitOf("1")).toBe(1);
    expect(limitOf("2")).toBe(2);
    expect(limitOf("30")).toBe(2);
    expect(limitOf("no_retries")).toBe(0);
    expect(limitOf("1", "no_limits")).toBe("unlimited");
    expect(limitOf("no_retries", "1")).toBe(1);
  });

  it("leaves out chunks that go to one output alone and never wait, if no others go alone", () => {
    const never = { match: "*", retries: "no_retries" };
    const always = { match: "logs", retries: "no_limits" };
    const shape = shapeOf(["metrics", "logs"], [never, always]);
    expect([shape.masks, shape.routing, shape.retryLimit]).toEqual([[[0, 1]], "all", "unlimited"]);
    expect(shape.simplifications).toContain(
      "chunks that go to one output alone are left out: without retries they never wait",
    );
    const both = shapeOf(["metrics", "logs"], [{ ...never, match: "metrics" }, always]);
    expect(both.masks).toEqual([[0], [1]]);
    expect(both.outputNames).toEqual(["http.1", "http.0"]);
  });

  it("keeps a chunk of a single route that may wait, and judges its output first", () => {
    const never = ["a*", "*b", "c"].map((match) => ({ match, retries: "no_retries" }));
    const shape = shapeOf(["a", "b", "c", "d", "ab"], [...never, { match: "d" }]);
    expect(shape.outputNames).toEqual(["http.3", "http.0", "http.1"]);
    expect(shape.masks).toEqual([[0], [1], [2], [1, 2]]);
    expect(shape.retryLimit).toBe("unlimited");
  });

  it("takes inputs of a kind for one, and tells those apart that pause", () => {
    const pause = "storage.pause_on_chunks_overlimit on";
    const one = [{ match: "*" }];
    const kinds = ({ inputs }: ConfigurationShape): unknown =>
      inputs.map(({ names, pauses }) => [names.length, pauses]);
    expect(kinds(shapeOf(["a", "b"], one, [pause, pause]))).toEqual([[2, true]]);
    const some = shapeOf(["a", "b", "c"], one, [pause]);
    expect(kinds(some)).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(some.simplifications).toEqual([
      "2 inputs stand for 3: those of a kind are judged as one",
    ]);
  });

  it("gives each input its own routes", () => {
    const limit = "mem_buf_limit 5M";
    const shape = shapeOf(["a", "b"], [{ match: "*" }, { match: "b" }], [limit, limit]);
    expect(shape.inputs.map(({ masks, memBufLimit }) => [masks, memBufLimit?.value])).toEqual([
      [[[0]], undefined],
      [[[0, 1]], 5_000_000],
    ]);
  });

  it("has a variant for each way in which bytes may become chunks", () => {
    const two = [{ match: "*" }, { match: "*" }];
    const buffers = (limit: string): unknown =>
      shapeOf(["a"], two, [`mem_buf_limit ${limit}`]).variants.map((one) => one.buffers[0]);
    // 128 chunks in memory: they may reach 5 MB, do reach 100 bytes, and reach 500 MB by no usual size.
    expect(buffers("5M")).toEqual(["none", "full", "one"]);
    expect(buffers("100")).toEqual(["full", "one"]);
    expect(buffers("500M")).toEqual(["none"]);
  });
});
