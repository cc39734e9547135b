import { describe, expect, it } from "vitest";
import { Deadline } from "../../src/analysis/configuration/deadline.ts";
import { judgeConfiguration } from "../../src/analysis/configuration/judge-configuration.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { decideText, textConfiguration } from "./decided.ts";

// What limits, memory and pauses do to the verdict; numbers of chunks are those of Fluent Bit 5.1.1 unless a version is given.

const releases = await loadReleases();

const file = "storage.type filesystem";

function input(tag: string, ...settings: readonly string[]): string {
  return `[INPUT]\n${["name dummy", `tag ${tag}`, ...settings].map((line) => `    ${line}\n`).join("")}`;
}

function output(match: string, ...settings: readonly string[]): string {
  return `[OUTPUT]\n${["name http", `match ${match}`, ...settings].map((line) => `    ${line}\n`).join("")}`;
}

function service(...settings: readonly string[]): string {
  return `[SERVICE]\n${["storage.path /b", ...settings].map((line) => `    ${line}\n`).join("")}`;
}

function words(text: string, version?: string): string {
  const { reasons, conditions, consequences } = decideText(text, version);
  return [...reasons, ...conditions, ...consequences].join("\n");
}

describe("Mem_Buf_Limit of an input on disk, with chunks of two routes", () => {
  const two = (...settings: readonly string[]): string =>
    [service(), input("a", file, ...settings), output("*"), output("a")].join("");

  it.each([
    { limit: "0", answer: "free", says: /^$/u },
    { limit: "100", answer: "stuck", says: /^$/u },
    { limit: "1M", answer: "stuck", says: /from 7\.81 kB on average/u },
    { limit: "50MB", answer: "stuck", says: /from 391 kB on average/u },
    { limit: "1G", answer: "undecided", says: /only if chunks are larger than 7\.81 MB/u },
  ])("of $limit: $answer", ({ limit, answer, says }) => {
    const text = two(`mem_buf_limit ${limit}`);
    expect(decideText(text).answer).toBe(answer);
    expect(words(text)).toMatch(says);
  });

  it("is followed at the real sizes, where as many chunks as may be in memory reach it", () => {
    const judged = judgeConfiguration(
      textConfiguration(two("mem_buf_limit 5M"), "3.1.9"),
      releases,
      Deadline.never,
    );
    expect(judged.lifted).toMatchObject({ taskMapSize: 2048, maxChunksUp: 128, chunks: 2176 });
    expect(judged.judged?.result.scope.parameters["memBufLimit"]).not.toBe("none");
  });

  it("counts for each input by itself, and changes nothing for chunks of one route", () => {
    const text = [
      service(),
      input("a", file, "mem_buf_limit 5M"),
      input("b", file),
      output("a", "retry_limit no_retries"),
      output("b"),
      output("b"),
    ].join("");
    expect(decideText(text).answer).toBe("free");
  });

  it("of an emitter is 10 MB unless it is given", () => {
    const emitter = (...settings: readonly string[]): string =>
      `${two()}[FILTER]\n    name rewrite_tag\n    match a\n    rule $x y a true\n    emitter_storage.type filesystem\n${settings.map((line) => `    ${line}\n`).join("")}`;
    expect(words(emitter())).toMatch(/emitter_for_rewrite_tag\.0 .*10 MB: from 78\.1 kB/u);
    expect(decideText(emitter("emitter_mem_buf_limit 0")).answer).toBe("free");
  });
});

describe("inputs in memory", () => {
  it("alone cannot get stuck: they pause, and go on", () => {
    const text = [
      input("a", "mem_buf_limit 5M"),
      input("b"),
      output("*", "retry_limit false"),
    ].join("");
    expect(decideText(text).answer).toBe("free");
    expect(words(text)).toMatch(/for as long as http\.0 is down: dummy\.0 pauses at 5 MB/u);
    expect(words(text)).toMatch(/dummy\.1 has no Mem_Buf_Limit/u);
  });

  it("do not keep one on disk from getting stuck, and stop with it", () => {
    const text = [service(), input("a", file), input("b"), output("*")].join("");
    expect(decideText(text).answer).toBe("stuck");
    expect(words(text)).toMatch(/^dummy\.1, with chunks in memory, stop as well/mu);
  });

  it("go on by themselves in every scope that is explored", () => {
    const { judged, complete } = judgeConfiguration(
      textConfiguration([input("a", "mem_buf_limit 5M"), output("*")].join("")),
      releases,
      Deadline.never,
    );
    expect(complete).toBe(true);
    const verdicts = new Map(judged?.result.properties.map((one) => [one.property, one.verdict]));
    expect([verdicts.get("neverStuck"), verdicts.get("inputResumes")]).toEqual(["holds", "holds"]);
  });
});

describe("storage.pause_on_chunks_overlimit", () => {
  const pause = "storage.pause_on_chunks_overlimit on";
  const one = (maxChunksUp: number, ...inputs: readonly string[]): string =>
    [service(`storage.max_chunks_up ${maxChunksUp}`), ...inputs, output("*")].join("");

  it.each([
    { maxChunksUp: 1, inputs: [input("a", file, pause)], answer: "free" },
    { maxChunksUp: 2, inputs: [input("a", file, pause)], answer: "stuck" },
    // Each may make the chunk that fills the memory.
    { maxChunksUp: 1, inputs: [input("a", file, pause), input("b", file, pause)], answer: "stuck" },
    { maxChunksUp: 1, inputs: [input("a", file, pause), input("b", file)], answer: "stuck" },
  ])(
    "with $maxChunksUp places, $inputs.length inputs: $answer",
    ({ maxChunksUp, inputs, answer }) => {
      expect(decideText(one(maxChunksUp, ...inputs)).answer).toBe(answer);
    },
  );
});

describe("storage.total_limit_size", () => {
  const one = (limit: string, ...settings: readonly string[]): string =>
    [
      service(),
      input("a", file, ...settings),
      output("*", `storage.total_limit_size ${limit}`),
    ].join("");

  it("that has no room for a stuck engine is data loss instead", () => {
    for (const version of ["3.1.0", "3.2.7", "4.2.0", "5.1.1"]) {
      expect(decideText(one("1M"), version).answer).toBe("free");
      expect(words(one("1M"), version)).toMatch(/^Data is lost instead/mu);
    }
  });

  it("ends the process to v3.1.3 where nothing can be deleted", () => {
    expect(words(one("1M"), "3.1.3")).toMatch(/ends the process with exit status 0/u);
    expect(words(one("1M"), "3.1.4")).not.toMatch(/exit status/u);
  });

  it("ends a stall by deleting, unless the inputs pause", () => {
    expect(words(one("1G"))).toMatch(/new data deletes a waiting chunk \(data loss\)/u);
    expect(words(one("1G", "storage.pause_on_chunks_overlimit on"))).toMatch(
      /Nothing ends it but a restart/u,
    );
  });

  it("that takes one of two routes is not decided: chunks of one route come of it", () => {
    const text = [
      service(),
      input("a", file),
      output("*", "storage.total_limit_size 5G"),
      output("*"),
    ].join("");
    expect(decideText(text).answer).toBe("undecided");
    expect(words(text)).toMatch(/storage\.total_limit_size of http\.0.* of 14 actions/u);
  });
});
