import { describe, expect, it } from "vitest";
import { settingsTable } from "../../src/config/settings/settings-table.ts";
import { decideCase, decideText, textConfiguration } from "./decided.ts";

/** Two outputs that every chunk goes to: nothing of the model can get stuck. */
function free({ service = "", input = "", output = "", more = "" } = {}): string {
  return [
    `[SERVICE]\n    storage.path /b\n${service}`,
    `[INPUT]\n    Name tail\n    Tag a\n    storage.type filesystem\n${input}`,
    `[OUTPUT]\n    Name forward\n    Match *\n    Retry_Limit False\n${output}`,
    "[OUTPUT]\n    Name http\n    Match *\n    Retry_Limit False\n",
    more,
  ].join("");
}

/** One output. */
function stuck({ service = "", input = "", output = "", plugin = "http" } = {}): string {
  return [
    `[SERVICE]\n    storage.path /b\n${service}`,
    `[INPUT]\n    Name tail\n    Tag a\n    storage.type filesystem\n${input}`,
    `[OUTPUT]\n    Name ${plugin}\n    Match *\n${output}`,
  ].join("");
}

describe("the cases of an operator", () => {
  it.each([
    { name: "check-configmap/configmap.yaml", answer: "stuck" },
    { name: "check-configmap/helm-values.yaml", answer: "stuck" },
    { name: "check-direct-routes-warning/fluent-bit.yaml", answer: "stuck" },
    {
      name: "check-mem-buf-limit-puts-chunks-down/fluent-bit.conf",
      version: "3.1.9",
      answer: "stuck",
      says: /tail\.0 in memory, 128 at most, reach Mem_Buf_Limit, 5 MB \(.*fluent-bit\.conf:8\): from 39\.1 kB on average/u,
    },
    { name: "check-misspelled-storage-keys/fluent-bit.conf", answer: "stuck" },
    {
      name: "check-nothing-judged-exit-0/fluent-bit.conf",
      answer: "free",
      says: /tail\.0 pauses at 5 MB .* for as long as forward\.0 is down|for as long as forward\.0 is down: tail\.0 pauses at 5 MB/u,
    },
    { name: "check-output-never-fails/fluent-bit.yaml", answer: "free" },
    { name: "check-same-match-regex/fluent-bit.conf", version: "3.1.9", answer: "free" },
    { name: "check-storage-path-on-command-line/fluent-bit.conf", answer: "stuck" },
    {
      name: "check-total-limit-too-small/fluent-bit.conf",
      version: "3.2.7",
      answer: "free",
      says: /2112 chunks.*1 MB.*4096 bytes.*473 bytes on average.*data loss/u,
    },
    { name: "check-v5-emitter-pauses/fluent-bit.conf", answer: "stuck" },
    { name: "pass-i11370-two-outputs-match-all/fluent-bit.conf", version: "4.2.2", answer: "free" },
    { name: "pass-i8395-yaml-indented/fluent-bit.yaml", version: "2.2.2", answer: "stuck" },
    { name: "pass-i8503-random-tcp/fluent-bit.conf", version: "2.2.2", answer: "stuck" },
    { name: "pass-i9115-two-inputs-copies/fluent-bit.conf", version: "3.0.7", answer: "stuck" },
    {
      name: "pass-settings-in-the-wrong-section/fluent-bit.conf",
      version: "3.2.0",
      answer: "free",
    },
    {
      name: "redos-match-regex/re.conf",
      answer: "undecided",
      says: /nothing .*reaches an output/u,
    },
    { name: "config-many-outputs/out3.conf", answer: "free" },
    { name: "config-many-outputs/out20.conf", answer: "free" },
  ])("$name: $answer", ({ name, version, answer, says }) => {
    const decision = decideCase(name, version);
    expect(decision.answer).toBe(answer);
    const { reasons, conditions, consequences } = decision;
    const sentences = [...reasons, ...conditions, ...consequences].join(" ");
    if (says !== undefined) expect(sentences).toMatch(says);
    expect(decision.reasons.length > 0).toBe(answer === "undecided");
  });
});

describe("a configuration that cannot get stuck", () => {
  it("is free without anything else", () => {
    expect(decideText(free())).toEqual({
      answer: "free",
      reasons: [],
      by: [],
      conditions: [],
      consequences: [],
      settings: [],
    });
  });

  const uses: readonly {
    readonly key: string;
    readonly place: string;
    readonly text: string;
    readonly line: number | undefined;
    readonly version?: string;
  }[] = [
    {
      place: "service",
      key: "streams_file",
      text: free({ service: "    Streams_File streams.conf\n" }),
      line: 3,
    },
    { place: "input", key: "threaded", text: free({ input: "    threaded on\n" }), line: 7 },
    { place: "input", key: "rate_gate", text: free({ input: "    rate_gate on\n" }), line: 7 },
    {
      place: "input",
      key: "processors.",
      text: `
pipeline:
  inputs:
    - name: tail
      tag: a
      storage.type: filesystem
      processors:
        logs:
          - name: rewrite_tag
  outputs:
    - {name: http, match: '*'}
    - {name: http, match: '*'}
`,
      line: 9,
    },
    {
      place: "output",
      key: "processors.",
      text: `
pipeline:
  inputs:
    - {name: tail, tag: a, storage.type: filesystem}
  outputs:
    - name: http
      match: '*'
      processors:
        logs:
          - name: sql
    - {name: http, match: '*'}
`,
      line: 10,
    },
    {
      place: "section",
      key: "custom",
      text: free({ more: "[CUSTOM]\n    Name calyptia\n" }),
      line: 15,
    },
    {
      place: "section",
      key: "stream_task",
      text: free({ more: "[STREAM_TASK]\n    Name x\n" }),
      line: 15,
    },
    {
      place: "section",
      key: "stream_processor",
      text: "stream_processor:\n  - name: x\npipeline:\n  inputs:\n    - {name: tail, tag: a, storage.type: filesystem}\n  outputs:\n    - {name: http, match: '*'}\n    - {name: http, match: '*'}\n",
      line: 1,
    },
    {
      place: "section",
      key: "storage.type memrb",
      text: free({ more: "[INPUT]\n    Name cpu\n    storage.type memrb\n" }),
      line: 17,
    },
    {
      place: "section",
      key: "a version that is not known",
      text: free(),
      line: undefined,
      version: "9.1",
    },
  ];

  it.each(uses)("is not decided with $place $key", ({ key, text, line, version }) => {
    const decision = decideText(text, version);
    expect(decision.answer).toBe("undecided");
    const [setting] = decision.settings;
    expect([setting?.setting, setting?.position?.line]).toEqual([key.replace(/\.$/u, ""), line]);
    const [reason] = decision.reasons;
    expect(reason).toContain(line === undefined ? "sources" : `:${line})`);
    expect(reason).toContain(setting?.cFunction ?? "");
  });

  it("is tried with every setting that may change a verdict", () => {
    const undecided = settingsTable
      .filter(({ kind }) => kind === "undecided")
      .map(({ place, key }) => `${place} ${key}`);
    expect(uses.map(({ place, key }) => `${place} ${key}`).sort()).toEqual(undecided.sort());
  });

  it.each([
    ["a limit of 0", free({ input: "    Mem_Buf_Limit 0\n" })],
    [
      "what is switched off",
      free({ service: "    Hot_Reload Off\n    storage.keep.rejected no\n" }),
    ],
    [
      "a backlog limit that loads something",
      free({ service: "    storage.backlog.mem_limit 5M\n" }),
    ],
    ["a limit that is off", free({ output: "    storage.total_limit_size off\n" })],
    [
      "a limit of an input in memory",
      free({ more: "[INPUT]\n    Name cpu\n    Mem_Buf_Limit 5MB\n" }),
    ],
    ["a thread of an input in memory", free({ more: "[INPUT]\n    Name cpu\n    threaded on\n" })],
    [
      "an emitter in memory",
      free({ more: "[FILTER]\n    Name rewrite_tag\n    Match a\n    Rule $x y z true\n" }),
    ],
    [
      "an emitter without a limit",
      free({
        more: "[FILTER]\n    Name rewrite_tag\n    Match a\n    Rule $x y z true\n    Emitter_Storage.type filesystem\n    Emitter_Mem_Buf_Limit 0\n",
      }),
    ],
    [
      "workers and checksums",
      free({ service: "    storage.checksum on\n", output: "    workers 4\n" }),
    ],
    [
      "a limit of an output that no chunk file reaches",
      free({ more: "[OUTPUT]\n    Name http\n    Match b\n    storage.total_limit_size 1M\n" }),
    ],
  ])("stays free with %s", (_what, text) => {
    expect(decideText(text)).toMatchObject({ answer: "free", settings: [] });
  });

  it("counts a setting only in releases that have it", () => {
    const text = free({ service: "    storage.keep.rejected on\n" });
    expect(decideText(text, "4.1.2")).toMatchObject({ answer: "free", consequences: [] });
    expect(decideText(text, "4.2.0").consequences.join()).toMatch(/deletes its dead letters/u);
    expect(decideText(text, "5.0.0").answer).toBe("stuck");
    expect(decideText(free({ input: "    rate_gate on\n" }), "5.0.9").answer).toBe("free");
  });

  it("looks at threads that a plugin has by itself", () => {
    const text = free().replace("Name tail", "Name kubernetes_events");
    expect(decideText(text).reasons[0]).toMatch(/^threaded on \(default of kubernetes_events\)/u);
  });

  it.each([
    "null",
    "counter",
    "lib",
    "plot",
    "vivo_exporter",
    "stdout",
    "flowcounter",
    "exit",
    "file",
  ])("is one with %s, which never asks for a retry", (plugin) => {
    const text = stuck({ plugin, output: "    Retry_Limit no_limits\n" });
    expect(decideText(text).answer).toBe("free");
    expect(decideText(text, "1.9.0").answer).toBe("free");
    const limited = stuck({ plugin, input: "    Mem_Buf_Limit 5MB\n" });
    expect(decideText(limited).answer).toBe("free");
  });

  it("is one with metrics for prometheus_exporter", () => {
    const text = stuck({ plugin: "prometheus_exporter" }).replace("tail", "node_exporter_metrics");
    // The plugin runs in a thread of its own.
    expect(decideText(text)).toMatchObject({ answer: "undecided" });
    const scrape = stuck({ plugin: "prometheus_exporter" }).replace("tail", "prometheus_scrape");
    expect(decideText(scrape).answer).toBe("free");
  });

  it("is none where writing may fail, or where another output gets chunks alone", () => {
    expect(decideText(stuck({ plugin: "file", output: "    Format msgpack\n" })).answer).toBe(
      "stuck",
    );
    const both = `${stuck({ plugin: "null" })}[INPUT]\n    Name tail\n    Tag b\n    storage.type filesystem\n[OUTPUT]\n    Name http\n    Match b\n`;
    expect(decideText(both.replace("Match *", "Match a")).answer).toBe("stuck");
    // Chunks that go to both keep their place in memory.
    expect(decideText(both).answer).toBe("free");
  });
});

describe("a configuration that can get stuck", () => {
  it.each([
    ["a limit of memory", stuck({ input: "    Mem_Buf_Limit 5MB\n" })],
    ["hot reload", stuck({ service: "    Hot_Reload On\n" })],
    ["a thread", stuck({ input: "    threaded on\n" })],
  ])("stays so with %s", (_what, text) => {
    expect(decideText(text).answer).toBe("stuck");
  });

  it("is not decided for a version that is not known", () => {
    expect(decideText(stuck(), "9.1").answer).toBe("undecided");
    expect(decideText(stuck(), "5.1").answer).toBe("stuck");
  });

  it.each([
    // 16512 chunks of a page each fit, or do not.
    { limit: String(16_512 * 4096), answer: "stuck", says: /4\.1 kB on average.*data loss/u },
    { limit: String(16_512 * 4096 - 1), answer: "free", says: /room for 16511 at most/u },
    { limit: "1M", answer: "free", says: /60 bytes on average/u },
    { limit: "256MB", answer: "stuck", says: /15\.5 kB on average/u },
    { limit: "50G", answer: "stuck", says: /3\.03 MB on average.*nearly always/u },
    { limit: "4095", answer: "undecided", says: /no room for a single chunk file/u },
    { limit: "0", answer: "stuck", says: /^$/u },
    { limit: "off", answer: "stuck", says: /^$/u },
  ])("with a total limit of $limit is $answer", ({ limit, answer, says }) => {
    const decision = decideText(
      stuck({ output: `    storage.total_limit_size ${limit}\n`, input: "" }),
    );
    expect(decision.answer).toBe(answer);
    const { conditions, reasons, consequences } = decision;
    expect([...conditions, ...reasons, ...consequences].join(" ")).toMatch(says);
  });

  it("needs one output whose limit has room, or none", () => {
    const two = (first: string, second: string): string =>
      [
        "[SERVICE]\n    storage.path /b\n",
        "[INPUT]\n    Name tail\n    Tag a\n    storage.type filesystem\n",
        "[INPUT]\n    Name tail\n    Tag b\n    storage.type filesystem\n",
        `[OUTPUT]\n    Name http\n    Match a\n    storage.total_limit_size ${first}\n`,
        `[OUTPUT]\n    Name http\n    Match b\n    storage.total_limit_size ${second}\n`,
      ].join("");
    expect(decideText(two("1M", "off")).answer).toBe("stuck");
    expect(decideText(two("1M", "5G")).answer).toBe("stuck");
    expect(decideText(two("1M", "1M")).answer).toBe("free");
    const together = decideText(two("50M", "50M"));
    expect(together.answer).toBe("undecided");
    expect(together.conditions.join()).toMatch(/together/u);
  });

  it("is not decided where it hangs on routes that are not known", () => {
    // Whether a tag matches cannot be told, so a chunk may reach http.0 alone, or not.
    const text = free().replace("    Match *\n", "    Match_Regex (?>a)(?=\\d\\Z)\n");
    const open = text.replace("Tag a", "Tag a.*").replace("Name tail", "Name tail\n    Path /x/*");
    expect(decideText(open).answer).toBe("undecided");
    expect(decideText(open).reasons.join()).toMatch(/reach one output alone/u);
    // With a certain way besides, it is stuck.
    const besides = `${open}[INPUT]\n    Name cpu\n    Tag z\n    storage.type filesystem\n`;
    expect(decideText(besides).answer).toBe("stuck");
  });

  it("follows the routes of records", () => {
    const routed = (outputs: string): string => `
service: {storage.path: /b}
pipeline:
  inputs:
    - name: tail
      storage.type: filesystem
      routes:
        logs:
          - name: one
            condition: {op: and, rules: [{field: $x, op: eq, value: y}]}
            to: {outputs: ${outputs}}
  outputs:
    - {name: http, alias: a}
    - {name: http, alias: b}
`;
    expect(textConfiguration(routed("[a]")).warnings).toHaveLength(1);
    expect(decideText(routed("[a]")).answer).toBe("stuck");
    expect(textConfiguration(routed("[a, b]")).warnings).toEqual([]);
    expect(decideText(routed("[a, b]")).answer).toBe("undecided");
  });
});

describe("many outputs", () => {
  const outputs = (match: (index: number) => string): string =>
    `[SERVICE]\n    storage.path /b\n[INPUT]\n    Name tail\n    Path /x/*.log\n    Tag kube.*\n    storage.type filesystem\n${Array.from(
      { length: 500 },
      (_, index) => `[OUTPUT]\n    Name http\n    Match ${match(index)}\n`,
    ).join("")}`;

  it("that get the same chunks are judged by two of them", () => {
    expect(decideText(outputs(() => "*")).answer).toBe("free");
  });

  it("that get chunks of their own are judged by some of them", () => {
    expect(decideText(outputs((index) => `kube.x.ns${index}_*`)).answer).toBe("stuck");
  });

  it("whose patterns are too many to be followed together get chunks of their own, too", () => {
    expect(decideText(outputs((index) => `kube.*.ns${index}_*`)).answer).toBe("stuck");
  });
});
