import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readFluentBitConfiguration } from "../../src/config/read-configuration.ts";
import { parseFluentBitVersion } from "../../src/config/version.ts";
import { configurationFacts } from "../../src/report/configuration-facts.ts";
import { list, parse, part } from "./json-value.ts";
import { run } from "./recording-terminal.ts";

// What operators tried; decide-configuration.test.ts has the verdict on each.

const cases = "test/fixtures/config/operators";

function check(name: string, ...words: readonly string[]): ReturnType<typeof run> {
  return run(["check", "--config", `${cases}/${name}`, "--time-limit", "0", ...words]);
}

/** What the report shows of a configuration, and its warnings, without judging it. */
function shown(name: string, version = "5.1.1"): string {
  const parsed = parseFluentBitVersion(version);
  if (parsed === undefined) throw new Error("the test gives a bad version");
  const configuration = readFluentBitConfiguration(`${cases}/${name}`, { version: parsed });
  return [
    ...configurationFacts(configuration).map((fact) => fact.join(" ")),
    ...configuration.warnings.map(
      ({ message, position }) => `${position?.line ?? "-"}: ${message}`,
    ),
  ].join("\n");
}

describe("not decided", () => {
  it("says so, with the setting, its place and why, and never that anything is proved", async () => {
    const { code, out } = await check("check-mem-buf-limit-puts-chunks-down/fluent-bit.conf");
    expect(code).toBe(3);
    expect(out).toMatch(
      /^Not decided: Mem_Buf_Limit 5MB \(.*fluent-bit\.conf:8\).*puts chunks down/mu,
    );
    expect(out).not.toMatch(/proved|never gets stuck|cannot get stuck/iu);
  });

  it("is null in JSON, with the reasons", async () => {
    const name = "check-mem-buf-limit-puts-chunks-down/fluent-bit.conf";
    const { code, out } = await check(name, "--json");
    const json = parse(out);
    expect([
      code,
      part(json, "canGetStuck"),
      part(json, "everySize"),
      part(json, "isolation"),
    ]).toEqual([3, null, null, null]);
    expect(list(json, "notDecided")).toHaveLength(1);
    expect(list(json, "configuration", "notCovered")).toMatchObject([
      {
        setting: "Mem_Buf_Limit",
        value: "5MB",
        position: `${cases}/${name}:8`,
        changes: "adds",
        cFunction: "flb_task.c::flb_task_retry_create",
      },
    ]);
    expect(JSON.stringify(list(json, "configuration", "notCovered"))).toContain("puts chunks down");
  });

  it("is what comes of a configuration of which nothing is judged", async () => {
    const { code, out } = await check("check-nothing-judged-exit-0/fluent-bit.conf", "--markdown");
    expect(code).toBe(3);
    expect(out).toContain("Chunks in memory need no place among storage.max_chunks_up");
    expect(out).toContain("tail.0 pauses at 5 MB");
  });

  it("is said by prove, too", async () => {
    const name = "check-mem-buf-limit-puts-chunks-down/fluent-bit.conf";
    const { out } = await run(["prove", "--config", `${cases}/${name}`, "--time-limit", "1"]);
    expect(out).toMatch(/Not decided for the configuration as it is: Mem_Buf_Limit 5MB/u);
    expect(out).not.toContain("never gets stuck");
  });
});

describe("what is read", () => {
  it("follows the files of a ConfigMap and of Helm values, with their lines", () => {
    expect(shown("check-configmap/configmap.yaml")).toMatch(
      /storage\.path \/var\/flb \(.*configmap\.yaml\/fluent-bit\.conf:9\)/u,
    );
    expect(shown("check-configmap/helm-values.yaml")).toMatch(
      /Match kube\.\* \(.*helm-values\.yaml\/config\.outputs:16\)/u,
    );
  });

  it("has no warning of outputs that routes name", () => {
    const text = shown("check-direct-routes-warning/fluent-bit.yaml");
    expect(text).toContain("reaches gold_out, or rest_out");
    expect(text).not.toContain("nothing reaches");
  });

  it("suggests the settings that were meant", () => {
    const text = shown("check-misspelled-storage-keys/fluent-bit.conf");
    for (const line of [3, 4]) {
      expect(text).toMatch(
        new RegExp(`^${line}: .* did you mean storage\\.max_chunks_up\\? .*128`, "mu"),
      );
    }
  });

  it("takes equal expressions for equal", () => {
    expect(shown("check-same-match-regex/fluent-bit.conf")).toContain("reaches es.0 and loki.1");
  });

  it("says once that the storage path has to come from elsewhere, and can be told it", async () => {
    const name = "check-storage-path-on-command-line/fluent-bit.conf";
    expect(shown(name).match(/storage\.path is not set here/gu)).toHaveLength(1);
    const { out } = await check(name, "--storage-path", "/var/lib/fb");
    expect(out).toContain("storage.path           /var/lib/fb");
    expect(out).not.toContain("warning");
  });

  it("knows that emitters pause since 5.0", () => {
    const name = "check-v5-emitter-pauses/fluent-bit.conf";
    const pauses = /emitter_for_rewrite_tag\.0 .*storage\.pause_on_chunks_overlimit (on|off)/u;
    expect(pauses.exec(shown(name, "5.1.1"))?.[1]).toBe("on");
    expect(pauses.exec(shown(name, "4.2.3"))?.[1]).toBe("off");
  });

  it("warns of settings in the wrong section", () => {
    const text = shown("pass-settings-in-the-wrong-section/fluent-bit.conf", "3.2.0");
    expect(text.match(/belongs in|has no effect/gu)?.length).toBeGreaterThanOrEqual(4);
  });
});

describe("bad input", () => {
  it.each([
    ["check-inline-comment/fluent-bit.conf", /:7: .*A comment has to stand on a line of its own/u],
    ["check-unset-name/fluent-bit.conf", /:7: \$\{SINK\} is not set.*SINK=stdout unstuck check/u],
  ])("%s is one sentence", async (name, sentence) => {
    const { code, out, err } = await check(name);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  it.each([
    ["/dev/zero", /no regular file/u],
    ["/dev/null", /no regular file/u],
    ["test", /folder/u],
  ])("%s is not read", async (file, sentence) => {
    const { code, err } = await run(["check", "--config", file]);
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
  });

  it("--storage-path goes with --config", async () => {
    const { code, err } = await run(["check", "--storage-path", "/x"]);
    expect([code, err]).toEqual([2, "unstuck: --storage-path goes with --config\n"]);
  });
});

describe("every case", () => {
  it("is judged", () => {
    expect(readdirSync(cases)).toHaveLength(19);
  });
});
