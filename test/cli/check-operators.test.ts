import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readFluentBitConfiguration } from "../../src/config/read-configuration.ts";
import { parseFluentBitVersion } from "../../src/config/version.ts";
import { configurationFacts } from "../../src/report/configuration/configuration-facts.ts";
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

const limited = "check-mem-buf-limit-puts-chunks-down/fluent-bit.conf";

describe("Mem_Buf_Limit on disk", () => {
  it("is named first, with the numbers that it takes, and the setting that ends it", async () => {
    const { code, out } = await check(limited, "--fluent-bit", "3.1.9");
    expect(code).toBe(1);
    expect(out).toMatch(
      /^This engine can get stuck by Mem_Buf_Limit of tail\.0, once 2176 chunks are\s+waiting\.\n/u,
    );
    expect(out).toMatch(
      /no Mem_Buf_Limit on inputs with storage\.type filesystem\s+helps: cannot get\s+stuck/u,
    );
    expect(out).not.toMatch(/proved|never gets stuck/iu);
  });

  it("is told in JSON with its conditions", async () => {
    const { code, out } = await check(limited, "--json");
    const json = parse(out);
    expect([code, part(json, "canGetStuck"), list(json, "mechanism")]).toEqual([
      1,
      true,
      ["Mem_Buf_Limit of tail.0"],
    ]);
    expect(JSON.stringify(list(json, "conditions"))).toContain(`${cases}/${limited}:8`);
    expect(list(json, "configuration", "notCovered")).toEqual([]);
    expect(part(json, "lifted", "chunks")).toBe(16_384 + 128);
  });
});

describe("memory alone", () => {
  it("cannot get stuck: its inputs pause", async () => {
    const { code, out } = await check("check-nothing-judged-exit-0/fluent-bit.conf", "--markdown");
    expect(code).toBe(0);
    expect(out).toContain("Chunks in memory need no place among storage.max_chunks_up");
    expect(out).toContain("tail.0 pauses at 5 MB");
  });
});

describe("the report", () => {
  it("fits 80 columns, but for a path, and comes in the order of what to do", async () => {
    const { out } = await check("check-v5-emitter-pauses/fluent-bit.conf");
    // A path, or the way in, is one word.
    const wide = out.split("\n").filter((line) => line.replace(/ \S+$/u, "").length > 80);
    expect(wide.filter((line) => !line.startsWith("    "))).toEqual([]);
    const titles = out.split("\n").filter((line) => /^[A-Z].*:$/u.test(line));
    expect(titles).toEqual([
      "What you can do now:",
      "What needs a patched build:",
      "Why:",
      "The shortest way in, where there is room for 1 task and 2 chunks in memory:",
      "What was read:",
      "What was judged:",
    ]);
    expect(out).toMatch(/1\. chunk 0 of emitter_for_rewrite_tag\.0: the input makes a chunk/u);
    expect(out).not.toContain("pauseOnChunksOverlimit");
  });

  it("shows every state and the model's parameters where it is asked to", async () => {
    const { out } = await check("check-v5-emitter-pauses/fluent-bit.conf", "--trace", "--verbose");
    expect(out).toContain("flb_task.c::flb_task_retry_create");
    expect(out).toContain("pauseOnChunksOverlimit");
  });

  it("has --trace and --verbose with --config only", async () => {
    const { code, err } = await run(["check", "--trace"]);
    expect([code, err]).toEqual([2, "unstuck: --trace and --verbose go with --config\n"]);
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
