import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FluentBitConfiguration } from "../../src/config/fluent-bit-configuration.ts";
import { readFluentBitConfiguration } from "../../src/config/read-configuration.ts";
import type { Environment } from "../../src/config/values/variables.ts";
import { NEWEST_KNOWN_VERSION, parseFluentBitVersion } from "../../src/config/version.ts";
import { readClassic, readYaml } from "./read-text.ts";

const reports = join(import.meta.dirname, "..", "fixtures", "config", "reports");

function report(
  name: string,
  version: string,
  environment: Environment = {},
): FluentBitConfiguration {
  return readFluentBitConfiguration(join(reports, name), {
    version: parseFluentBitVersion(version) ?? NEWEST_KNOWN_VERSION,
    environment,
  });
}

function warnings({ warnings: all }: FluentBitConfiguration): readonly string[] {
  return all.map(({ message, position }) => `${position?.line ?? "-"}: ${message}`);
}

/** Settings outside the model; a sign for those that may change the verdict. */
function settings({ settings: all }: FluentBitConfiguration): readonly string[] {
  return all.map(
    ({ setting, value, position, changes }) =>
      `${changes === undefined ? "" : `${changes}: `}${setting}=${value}@${position?.line ?? "-"}`,
  );
}

describe("configurations in the style of users' reports", () => {
  it("one output that is down (#8503)", () => {
    const configuration = report("one-output-down.conf", "2.2.2");
    expect(configuration).toMatchObject({
      format: "classic",
      engine: { release: "v3.0.1", taskMapSize: 2048 },
      service: { flush: { value: 1 }, maxChunksUp: { value: 128, position: undefined } },
      inputs: [{ name: "random.0", tag: { value: "random.0", position: undefined } }],
      outputs: [{ name: "tcp.0", retryLimit: { value: "no_limits", position: { line: 15 } } }],
      filesystem: { routes: { masks: [[0]] }, routing: "all", retryLimits: ["no_limits"] },
      settings: [],
      warnings: [],
    });
  });

  it("syslog with a copy for a second output (#9115)", () => {
    const configuration = report("syslog-two-outputs.conf", "3.0.7");
    expect(configuration.inputs).toMatchObject([
      { name: "syslog.0", alias: "udp_in", routes: { masks: [[0]] } },
      { name: "syslog.1", alias: "tcp_in", routes: { masks: [[0]] } },
      {
        name: "emitter.3",
        alias: "copies",
        createdBy: "rewrite_tag.0",
        storageType: { value: "filesystem" },
        routes: { masks: [[1]], exact: true, mayHaveNoRoute: false },
      },
    ]);
    expect(configuration.filesystem).toMatchObject({
      routes: { masks: [[0], [1]], exact: true },
      routing: "any",
      routingIsExact: false,
      retryLimits: ["no_limits", 5],
      pause: "differs",
    });
    expect(configuration.service.maxChunksUp).toMatchObject({
      value: 1024,
      position: { line: 5 },
    });
    expect(settings(configuration)).toEqual(["storage.backlog.mem_limit=3G@6"]);
    const limit = configuration.outputs[0]?.totalLimit;
    expect([limit?.value, limit?.position?.line]).toEqual([20_000_000_000, 34]);
    expect(configuration.warnings).toEqual([]);
  });

  it("systemd, rewritten by application, in YAML (#11415)", () => {
    const configuration = report("systemd-rewrite.yaml", "4.2.0");
    expect(configuration).toMatchObject({
      format: "yaml",
      engine: { release: "v5.1", taskMapSize: 16_384 },
      service: { storagePath: { value: "/data/flb/storage", position: { line: 7 } } },
      inputs: [
        { name: "systemd.0", routes: { masks: [], exact: true, mayHaveNoRoute: true } },
        { alias: "by_app", createdBy: "rewrite_tag.1", routes: { masks: [[0], [0, 1]] } },
      ],
      filesystem: {
        outputs: [{ name: "logdna.0" }, { name: "stdout.1" }],
        routing: "any",
        routingIsExact: false,
        retryLimits: ["no_limits", "no_retries"],
      },
    });
    expect(settings(configuration)).toContain("adds: threaded=true@15");
  });

  it("underscores for dots, and no Match (#10278)", () => {
    const configuration = report("misspelled.conf", "3.2.7");
    expect(configuration.service.maxChunksUp.value).toBe(128);
    expect(configuration.filesystem).toMatchObject({ outputs: [], pause: "on" });
    expect(warnings(configuration)).toEqual([
      "5: 'storage_backlog_mem_limit' is not a setting of Fluent Bit; did you mean storage.backlog.mem_limit?",
      "6: 'storage_max_chunks_up' is not a setting of Fluent Bit; did you mean storage.max_chunks_up? As it stands, the limit is 128, the default.",
      "14: http.0 has neither Match nor Match_Regex: nothing reaches it.",
    ]);
  });

  it("Kubernetes, with includes and variables", () => {
    const configuration = report("kubernetes/fluent-bit.conf", "3.1", { HTTP_SERVER: "On" });
    expect(configuration.files.map((file) => file.slice(reports.length))).toEqual([
      "/kubernetes/fluent-bit.conf",
      "/kubernetes/conf.d/input-application.conf",
      "/kubernetes/conf.d/input-host.conf",
      "/kubernetes/conf.d/filter.conf",
      "/kubernetes/conf.d/output.conf",
    ]);
    // @SET takes ${NODE_NAME} as it stands; Fluent Bit does not look into it.
    expect(configuration.inputs.map(({ tag }) => tag.value)).toEqual([
      "application.*",
      "host.${NODE_NAME}.*",
    ]);
    expect(configuration.inputs.map(({ routes }) => routes)).toMatchObject([
      { masks: [[0], [0, 1]], exact: true },
      { masks: [[0]], exact: true },
    ]);
    expect(configuration.filesystem).toMatchObject({
      routing: "any",
      retryLimits: ["no_limits", 1],
    });
    expect(warnings(configuration)).toEqual([
      "2: Fluent Bit takes the value of node as it stands: it replaces no variables in it.",
    ]);
    expect(configuration.inputs[0]?.position).toEqual({
      file: join(reports, "kubernetes/conf.d/input-application.conf"),
      line: 1,
    });
  });
});

const SERVICE = "[SERVICE]\n  storage.path /b\n";
const OUTPUT = "[OUTPUT]\n  Name null\n  Match *\n";

describe("inputs", () => {
  it("are in memory by default, and numbered together", () => {
    const { inputs } = readClassic(`[INPUT]\n  Name CPU\n[INPUT]\n  Name mem\n${OUTPUT}`);
    expect(inputs.map(({ name, storageType }) => [name, storageType.value])).toEqual([
      ["cpu.0", "memory"],
      ["mem.1", "memory"],
    ]);
  });

  it("take the last of two settings, but the first name", () => {
    const text = "[INPUT]\n  Name cpu\n  Name mem\n  Tag a\n  storage.type memory\n  TAG b\n";
    expect(readClassic(text + OUTPUT).inputs).toMatchObject([
      { name: "cpu.0", tag: { value: "b" } },
    ]);
  });

  it("pause only with filesystem storage", () => {
    const input = "[INPUT]\n  Name cpu\n  storage.pause_on_chunks_overlimit on\n";
    const configuration = readClassic(SERVICE + input + OUTPUT, { version: "3.2.0" });
    expect(configuration.inputs[0]?.pauseOnChunksOverlimit.value).toBe(false);
    expect(warnings(configuration)).toEqual([
      "5: storage.pause_on_chunks_overlimit has no effect without storage.type filesystem.",
    ]);
  });

  it.each([
    ["3.1.1", false],
    ["3.1.2", true],
  ])("in v%s: pause before storage.type counts is %s", (version, expected) => {
    const input =
      "[INPUT]\n  Name cpu\n  storage.pause_on_chunks_overlimit on\n  storage.type Filesystem\n";
    const configuration = readClassic(SERVICE + input + OUTPUT, { version });
    expect(configuration.inputs[0]?.pauseOnChunksOverlimit.value).toBe(expected);
    expect(configuration.warnings).toHaveLength(expected ? 0 : 1);
  });

  it.each([
    ["4.0.3", "memory", 1],
    ["4.0.4", "filesystem", 0],
  ])("in v%s: storage.inherit gives %s storage", (version, expected, warned) => {
    const service =
      "[SERVICE]\n  storage.path /b\n  storage.type filesystem\n  storage.inherit on\n";
    const configuration = readClassic(`${service}[INPUT]\n  Name cpu\n${OUTPUT}`, { version });
    expect(configuration.inputs[0]?.storageType.value).toBe(expected);
    expect(configuration.warnings).toHaveLength(warned);
  });

  it.each([
    ["storage.type disk", "storage.type to be filesystem, memory or memrb, found 'disk'"],
    [
      "storage.pause_on_chunks_overlimit 1",
      "storage.pause_on_chunks_overlimit to be on or off, found '1'",
    ],
  ])("may not have %s, which Fluent Bit refuses", (setting, expected) => {
    const text = `${SERVICE}[INPUT]\n  Name cpu\n  storage.type filesystem\n  ${setting}\n${OUTPUT}`;
    expect(() => readClassic(text)).toThrow(`/etc/fluent-bit.conf:6: expected ${expected}.`);
  });

  it("need storage.path for filesystem storage", () => {
    const text = `[INPUT]\n  Name cpu\n  storage.type filesystem\n${OUTPUT}`;
    expect(warnings(readClassic(text))).toEqual([
      "3: storage.path is not set here; Fluent Bit starts only if its command line gives it (-b or --storage_path). --storage-path PATH says so here.",
    ]);
  });

  it("reach nothing when they are not routable", () => {
    const { inputs } = readClassic(`[INPUT]\n  Name cpu\n  Routable off\n${OUTPUT}`);
    expect(inputs[0]?.routes).toMatchObject({ masks: [], mayHaveNoRoute: true });
  });

  it("reach any of the outputs that conditional routes name", () => {
    const text = `
pipeline:
  inputs:
    - name: tail
      tag: x
      routes:
        logs:
          - name: errors
            condition: {default: true}
            to: {outputs: [second, null, missing]}
  outputs:
    - {name: "null", match: none}
    - {name: http, alias: second, match: none}
    - {name: stdout, match: x}
`;
    const configuration = readYaml(text, { version: "4.2.0" });
    expect(configuration.inputs[0]?.routes).toMatchObject({
      masks: [[0], [1], [0, 1]],
      certain: [[0, 1]],
      exact: false,
    });
    expect(warnings(configuration)).toEqual([
      "10: tail.0 routes to 'missing', but there is no such output.",
    ]);
    expect(readYaml(text, { version: "4.1.2" }).inputs[0]?.routes.masks).toEqual([[2]]);
  });
});

describe("outputs", () => {
  const one = "[INPUT]\n  Name cpu\n[OUTPUT]\n  Name null\n";

  it("take everything without Match, if there is one input and one output", () => {
    expect(readClassic(one).outputs[0]?.match).toEqual({ value: "*", position: undefined });
    expect(readClassic(one).warnings).toEqual([]);
  });

  it.each([
    ["another input", `[INPUT]\n  Name mem\n`],
    ["another output", OUTPUT],
    ["the backlog's input", SERVICE],
    ["an emitter", "[FILTER]\n  Name rewrite_tag\n  Match *\n  Rule $a b c true\n"],
  ])("take nothing without Match, if there is %s", (_what, more) => {
    const configuration = readClassic(one + more);
    expect(configuration.outputs[0]?.match).toBeUndefined();
    expect(configuration.warnings).toHaveLength(1);
  });

  it("say plainly that a Match_Regex cannot be read", () => {
    const configuration = readClassic(`${one}  Match_Regex a(\n`);
    expect(configuration.outputs[0]?.matchRegex?.value.source).toBe("a(");
    expect(configuration.inputs[0]?.routes).toMatchObject({
      masks: [[0]],
      exact: false,
      mayHaveNoRoute: true,
    });
    expect(warnings(configuration)).toEqual([
      "5: cannot read the Match_Regex 'a(': Unclosed group.",
    ]);
  });
});

describe("emitters of multiline filters", () => {
  it("give on the tags that they take", () => {
    const { inputs } = readClassic(
      `${SERVICE}[INPUT]\n  Name cpu\n  Tag a.x\n[INPUT]\n  Name mem\n  Tag b.x\n` +
        "[FILTER]\n  Name multiline\n  Match a.*\n  emitter_storage.type filesystem\n" +
        "[OUTPUT]\n  Name null\n  Match a.*\n[OUTPUT]\n  Name null\n  Match b.*\n",
    );
    expect(inputs[2]).toMatchObject({
      alias: "emitter_for_multiline.0",
      createdBy: "multiline.0",
      routes: { masks: [[0]], mayHaveNoRoute: false },
    });
  });

  it("exist only with a buffer", () => {
    const text = `[INPUT]\n  Name cpu\n[FILTER]\n  Name multiline\n  Match *\n  Buffer off\n${OUTPUT}`;
    expect(readClassic(text).inputs).toHaveLength(1);
  });
});

describe("warnings", () => {
  it.each([
    [
      "[Parser]\n  Name x\n",
      "6: Fluent Bit refuses [Parser] here; it belongs in a file that Parsers_File in [SERVICE] names.",
    ],
    ["[OUPUT]\n  Name http\n", "6: Fluent Bit does not know the section [OUPUT] and ignores it."],
    ["[SERVICE]\n  storage.max_chunks_up 0\n", "7: Fluent Bit takes its default, 128, for 0."],
    [
      "[SERVICE]\n  storage.max_chunks_up 64 # a few\n",
      "7: Fluent Bit reads storage.max_chunks_up as 64 and ignores '# a few'. A comment has to stand on a line of its own; here it is part of the value.",
    ],
    [
      "[SERVICE]\n  storage.pause_on_chunks_overlimit on\n",
      "7: storage.pause_on_chunks_overlimit has no effect in [SERVICE]; it belongs in [INPUT].",
    ],
    [
      "[INPUT]\n  Name mem\n  storage.max_chunks_up 3\n",
      "8: storage.max_chunks_up has no effect in [INPUT]; it belongs in [SERVICE].",
    ],
    [
      "[INPUT]\n  Name mem\n  @INCLUDE more.conf\n",
      "8: '@include' is a command only in the first column; here it is a setting.",
    ],
    [
      "[INPUT]\n  Name mem\n  Tag ${WHERE}.x\n",
      "8: ${WHERE} is not set; Fluent Bit replaces it by nothing.",
    ],
  ])("%j", (text, expected) => {
    expect(warnings(readClassic(`[INPUT]\n  Name cpu\n${OUTPUT}${text}`))).toEqual([expected]);
  });
});
