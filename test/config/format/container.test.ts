import { describe, expect, it } from "vitest";
import { readYaml } from "../read-text.ts";

const conf = [
  "[SERVICE]",
  "    storage.path /b",
  "@INCLUDE in.conf",
  "@INCLUDE /fluent-bit/etc/out.conf",
];
const input = ["[INPUT]", "    Name tail", "    Tag a", "    storage.type filesystem"];
const output = ["[OUTPUT]", "    Name http", "    Match *"];

function block(key: string, lines: readonly string[], indent = 2): string {
  const blanks = " ".repeat(indent);
  return `${blanks}${key}: |\n${lines.map((line) => `${blanks}  ${line}\n`).join("")}`;
}

const data = block("fluent-bit.conf", conf) + block("in.conf", input) + block("out.conf", output);
const configMap = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: fb\ndata:\n${data}`;

describe("a ConfigMap", () => {
  it("is read as a folder, with the lines of the file", () => {
    const { files, inputs, outputs, format } = readYaml(configMap);
    expect(format).toBe("classic");
    expect(files).toEqual(
      // The last one is included by the path that it has in a pod.
      [
        "/etc/fluent-bit.yaml/fluent-bit.conf",
        "/etc/fluent-bit.yaml/in.conf",
        "/fluent-bit/etc/out.conf",
      ],
    );
    expect(inputs[0]?.storageType.position?.line).toBe(
      configMap.split("\n").findIndex((line) => line.includes("storage.type")) + 1,
    );
    expect(outputs[0]?.match?.position?.line).toBe(
      configMap.split("\n").findIndex((line) => line.includes("Match")) + 1,
    );
  });

  it("may have a YAML configuration", () => {
    const text = `apiVersion: v1\nkind: ConfigMap\ndata:\n${block("fluent-bit.yaml", [
      "pipeline:",
      "  inputs:",
      "    - {name: cpu, tag: a}",
      "  outputs:",
      "    - {name: http, match: '*'}",
    ])}`;
    expect(readYaml(text, { version: "5.1.1" })).toMatchObject({
      format: "yaml",
      inputs: [{ position: { line: 7 } }],
    });
  });

  it("may be one of several objects, or an item of a list, and files may be in several", () => {
    const service = "apiVersion: v1\nkind: Service\nmetadata: {name: x}\n";
    const other = `apiVersion: v1\nkind: ConfigMap\ndata:\n${block("in.conf", input)}${block("out.conf", output)}`;
    const main = `apiVersion: v1\nkind: ConfigMap\ndata:\n${block("fluent-bit.conf", conf)}`;
    expect(readYaml(`${service}---\n${other}---\n${main}`).inputs).toHaveLength(1);
    const items = `apiVersion: v1\nkind: List\nitems:\n${configMap
      .trimEnd()
      .split("\n")
      .map((line, index) => `${index === 0 ? "- " : "  "}${line}\n`)
      .join("")}`;
    expect(readYaml(items).inputs).toHaveLength(1);
  });

  it("may be a Secret", () => {
    const text = [...conf.slice(0, 2), ...input, ...output].join("\n");
    const encoded = Buffer.from(text).toString("base64");
    const secret = `apiVersion: v1\nkind: Secret\ndata:\n  fluent-bit.conf: ${encoded}\n`;
    expect(readYaml(secret).outputs).toHaveLength(1);
  });

  it.each([
    [
      "without a configuration",
      `apiVersion: v1\nkind: ConfigMap\ndata:\n  app.ini: x\n`,
      "/etc/fluent-bit.yaml: this is a Kubernetes ConfigMap without a fluent-bit.conf or fluent-bit.yaml among its keys (app.ini).",
    ],
    [
      "of another kind",
      `apiVersion: apps/v1\nkind: DaemonSet\nspec: {}\n`,
      "/etc/fluent-bit.yaml: this is a Kubernetes DaemonSet, not a configuration; expected a ConfigMap or a Secret with fluent-bit.conf. Write out what Fluent Bit gets: kubectl get configmap NAME -o yaml > configmap.yaml",
    ],
    [
      "that includes what it does not have",
      configMap.replace("@INCLUDE in.conf", "@INCLUDE gone.conf"),
      "/etc/fluent-bit.yaml/fluent-bit.conf:9: expected a file to include at '/etc/fluent-bit.yaml/gone.conf', but there is no such file within /etc/fluent-bit.yaml, which has fluent-bit.conf, in.conf, out.conf.",
    ],
  ])("%s is one sentence", (_what, text, sentence) => {
    expect(() => readYaml(text)).toThrow(sentence);
  });
});

describe("Helm values", () => {
  const values = (indent: number): string =>
    `${" ".repeat(indent)}config:\n${block("service", conf.slice(0, 2), indent + 2)}${block("inputs", input, indent + 2)}${block("outputs", output, indent + 2)}`;

  it("are put together as the chart does, also those of a part", () => {
    for (const text of [values(0), `fluent-bit:\n${values(2)}other: {labels: {a: b}}\n`]) {
      const { inputs, outputs, warnings } = readYaml(text);
      expect([inputs.length, outputs.length]).toEqual([1, 1]);
      expect(inputs[0]?.position.file).toBe("/etc/fluent-bit.yaml/config.inputs");
      expect(warnings.map(({ message }) => message)).toEqual([
        "config.filters is left to the chart, and was not read.",
      ]);
    }
  });

  it("have their templates replaced, as far as the same file says what by", () => {
    const templated = `chunks: 16\n${values(0)}`.replace(
      "storage.path /b",
      'storage.path /b\n        storage.max_chunks_up {{ .Values.chunks }}\n        log_level {{ include "x" . }}',
    );
    const { service, warnings } = readYaml(templated);
    expect(service.maxChunksUp.value).toBe(16);
    expect(warnings.map(({ message }) => message).join()).toContain("helm template");
  });

  it("that leave inputs or outputs to the chart are refused", () => {
    const text = `config:\n${block("service", conf.slice(0, 2))}${block("inputs", input)}`;
    expect(() => readYaml(text)).toThrow(
      "/etc/fluent-bit.yaml:2: these Helm values leave config.outputs to the chart; write out the whole: helm template RELEASE CHART -f /etc/fluent-bit.yaml > rendered.yaml",
    );
  });
});

describe("a file that is nested too deeply", () => {
  it.each([
    ["brackets", `pipeline: ${"[".repeat(20_000)}`, 1],
    [
      "blanks",
      Array.from({ length: 3000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n"),
      102,
    ],
    ["dashes", `pipeline:\n${"- ".repeat(20_000)}x`, 2],
  ])("by %s is one sentence with its place", (_what, text, line) => {
    expect(() => readYaml(text)).toThrow(
      `/etc/fluent-bit.yaml:${line}: more than 100 levels of nesting.`,
    );
  });
});
