import { describe, expect, it } from "vitest";
import { inputTagPatterns } from "../../../src/config/routing/input-tag-patterns.ts";
import { formatTagPattern } from "../../../src/config/routing/tag-pattern.ts";
import { NEWEST_KNOWN_VERSION, parseFluentBitVersion } from "../../../src/config/version.ts";

function tags(
  plugin: string,
  settings: Readonly<Record<string, string>>,
  version = "5.1.1",
): readonly string[] {
  return inputTagPatterns(
    { plugin, name: `${plugin}.3`, tag: settings["tag"], setting: (key) => settings[key] },
    parseFluentBitVersion(version) ?? NEWEST_KNOWN_VERSION,
  ).map(formatTagPattern);
}

describe("the tags of an input", () => {
  it("are its Tag, or its name", () => {
    expect(tags("cpu", { tag: "metrics" })).toEqual(["metrics"]);
    expect(tags("cpu", {})).toEqual(["cpu.3"]);
  });

  it("are the clients' for in_forward, unless it has a Tag or a prefix", () => {
    expect(tags("forward", {})).toEqual(["*"]);
    expect(tags("forward", { tag: "mine" })).toEqual(["mine"]);
    expect(tags("forward", { tag: "mine" }, "2.1.1")).toEqual(["*"]);
    expect(tags("forward", { tag: "mine", tag_prefix: "in." })).toEqual(["in.*"]);
    expect(tags("forward", { tag_prefix: "in." }, "1.8.11")).toEqual(["*"]);
  });

  it("come from the address for servers that speak HTTP", () => {
    expect(tags("http", { tag: "mine" })).toEqual(["*"]);
    expect(tags("splunk", {})).toEqual(["*"]);
    expect(tags("splunk", { tag: "mine" })).toEqual(["mine"]);
    expect(tags("elasticsearch", { tag: "mine", tag_key: "t" })).toEqual(["*"]);
    expect(tags("opentelemetry", {})).toContain("v1_logs");
    expect(tags("opentelemetry", { tag: "mine" }, "5.0.2")).toContain("v1_traces");
    expect(tags("opentelemetry", { tag: "mine" })).toEqual(["mine"]);
    expect(tags("opentelemetry", { tag_from_uri: "off" })).toEqual(["opentelemetry.3"]);
    expect(tags("opentelemetry", { tag_key: "x" })).toEqual(["*"]);
  });

  it.each([
    ["kube.*", "/var/log/containers/*.log", ["kube.var.log.containers.*.log"]],
    ["*", "/var/log/syslog", ["var.log.syslog"]],
    ["host.*", "/a.log,/b/?.log", ["host.a.log", "host.b.*.log"]],
    ["x.*.y", "C:\\logs\\a", ["x.C.logs.a.y"]],
    ["kube.*", "", ["kube.*"]],
    ["fixed", "/var/log/*.log", ["fixed"]],
    ["a.*", "/d/[0-9]{x}/", ["a.d.*"]],
  ])("put the path in the place of the asterisk for in_tail: %s, %s", (tag, path, expected) => {
    expect(tags("tail", { tag, path })).toEqual(expected);
  });

  it("take names from the path with Tag_Regex", () => {
    expect(tags("tail", { tag: "kube.<namespace>.<pod>", tag_regex: "(?<pod>.*)" })).toEqual([
      "kube.*.*",
    ]);
  });

  it("put the unit in the place of the asterisk for in_systemd", () => {
    expect(tags("systemd", { tag: "host.*" })).toEqual(["host.*"]);
  });
});
