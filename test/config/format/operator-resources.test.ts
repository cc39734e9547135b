import { describe, expect, it } from "vitest";
import { readYaml } from "../read-text.ts";

function resource(kind: string, name: string, spec: readonly string[], labels = "use: it"): string {
  return [
    "apiVersion: fluentbit.fluent.io/v1alpha2",
    `kind: ${kind}`,
    "metadata:",
    `  name: ${name}`,
    `  labels: {${labels}}`,
    "spec:",
    ...spec.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

const config = resource("ClusterFluentBitConfig", "fluent-bit-config", [
  "service:",
  "  flushSeconds: 2",
  "  storage:",
  "    path: /buffers",
  "    maxChunksUp: 64",
  "    backlogMemLimit: 5M",
  "inputSelector:",
  "  matchLabels: {use: it}",
  "outputSelector:",
  "  matchExpressions:",
  "    - {key: use, operator: In, values: [it, them]}",
]);
const tail = resource("ClusterInput", "tail", [
  "tail:",
  "  tag: kube.*",
  "  path: /var/log/containers/*.log",
  "  memBufLimit: 10MB",
  "  storageType: filesystem",
  "  pauseOnChunksOverlimit: 'on'",
]);
const elastic = resource("ClusterOutput", "es", [
  "match: kube.*",
  "retry_limit: 'no_limits'",
  "es:",
  "  host: elastic",
  "  totalLimitSize: 1G",
  "  tls: {verify: false}",
]);
const custom = resource("ClusterOutput", "a-custom", [
  "customPlugin:",
  "  config: |",
  "    Name http",
  "    Match_Regex ^kube",
  "    Retry_Limit 3",
]);

const lineOf = (text: string, part: string): number =>
  text.split("\n").findIndex((line) => line.includes(part)) + 1;

describe("resources of the Fluent operator", () => {
  const text = [config, tail, elastic, custom].join("---\n");

  it("are read as the configuration that the operator makes of them, with their own lines", () => {
    const { service, inputs, outputs, warnings } = readYaml(text);
    expect(service.maxChunksUp).toMatchObject({
      value: 64,
      position: { line: lineOf(text, "maxChunksUp") },
    });
    expect(inputs).toMatchObject([
      {
        name: "tail.0",
        storageType: { value: "filesystem", position: { line: lineOf(text, "storageType") } },
        pauseOnChunksOverlimit: { value: true },
        memBufLimit: { value: 10_000_000 },
      },
    ]);
    // By name: a-custom comes before es.
    expect(outputs).toMatchObject([
      {
        name: "http.0",
        retryLimit: { value: 3, position: { line: lineOf(text, "Retry_Limit 3") } },
      },
      {
        name: "es.1",
        match: { value: "kube.*" },
        retryLimit: { value: "no_limits" },
        totalLimit: { value: 1_000_000_000 },
      },
    ]);
    expect(warnings).toEqual([]);
  });

  it.each([
    ["ClusterInput", "inputs"],
    ["ClusterOutput", "outputs"],
  ] as const)("a %s that no selector takes is left out", (kind, list) => {
    const plugin = kind === "ClusterInput" ? "dummy: {tag: kube.a}" : "http: {host: a}";
    const other = resource(kind, "other", [plugin], "use: that");
    expect(readYaml(`${text}---\n${other}`)[list]).toHaveLength(readYaml(text)[list].length);
  });

  it("without a ClusterFluentBitConfig all of them are taken, and that is said", () => {
    const { warnings, outputs } = readYaml([tail, elastic].join("---\n"));
    expect(outputs).toHaveLength(1);
    expect(warnings.map(({ message }) => message)).toContain(
      "there is no ClusterFluentBitConfig: every input, filter and output is taken, and the service has its defaults.",
    );
  });

  it("without an output one of the plugin null is added, as the operator does", () => {
    const { outputs, warnings } = readYaml(tail);
    expect(outputs).toMatchObject([{ name: "null.0", match: { value: "*" } }]);
    expect(warnings.map(({ message }) => message)).toContain(
      "no output is selected; the operator adds one of the plugin null.",
    );
  });

  it("filters are read in their order, by ordinal and by name", () => {
    const filter = (name: string, ordinal: number, rule: string): string =>
      resource("ClusterFilter", name, [
        "match: kube.*",
        `ordinal: ${ordinal}`,
        "filters:",
        `  - rewriteTag: {rules: ["${rule}"], emitterName: ${name}, emitterStorageType: filesystem}`,
      ]);
    const filters = [
      filter("a", 2, "$log ^x first.$TAG false"),
      filter("b", 1, "$log ^y second false"),
    ];
    const { inputs } = readYaml([text, ...filters].join("---\n"));
    expect(inputs.map(({ alias, name }) => alias ?? name)).toEqual(["tail.0", "b", "a"]);
  });

  it("a list of resources is read as its items", () => {
    const items = [tail, elastic]
      .flatMap((one) =>
        one
          .trimEnd()
          .split("\n")
          .map((line, at) => `${at === 0 ? "- " : "  "}${line}`),
      )
      .join("\n");
    expect(readYaml(`apiVersion: v1\nkind: List\nitems:\n${items}\n`).inputs).toHaveLength(1);
  });

  it.each([
    [
      "a resource of a namespace",
      [tail, resource("Output", "mine", ["match: '*'", "http: {host: a}"])].join("---\n"),
      /: a Output belongs to a namespace, and the operator rewrites its tags\. Write out what it made: kubectl get secret fluent-bit-config -o yaml > secret\.yaml$/u,
    ],
    [
      "two configurations",
      [config, config.replace("name: fluent-bit-config", "name: second")].join("---\n"),
      /: there are 2 resources of kind ClusterFluentBitConfig \(fluent-bit-config, second\), and no FluentBit that names one of them by fluentBitConfigName; leave one\.$/u,
    ],
  ])("%s is refused in a sentence", (_, refused, sentence) => {
    expect(() => readYaml(refused)).toThrow(sentence);
  });

  it("of two configurations that which a FluentBit names is read", () => {
    const second = config.replace("name: fluent-bit-config", "name: second").replace("64", "32");
    const bit = resource("FluentBit", "fb", ["fluentBitConfigName: second"]);
    expect(readYaml([config, second, bit, tail].join("---\n")).service.maxChunksUp.value).toBe(32);
  });
});
