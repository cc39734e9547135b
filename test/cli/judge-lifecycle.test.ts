import { describe, expect, it } from "vitest";
import { decideText } from "./decided.ts";

// What settings about starts and ends of the engine do, beside two outputs that every chunk goes to: no other mechanism gets it stuck.

function text(setting: string, output = "http", retries = "retry_limit 3"): string {
  const one = `[OUTPUT]\n    name ${output}\n    match *\n    ${retries}\n`;
  return `[SERVICE]\n    storage.path /b\n    ${setting}\n[INPUT]\n    name tail\n    storage.type filesystem\n${one}${one}`;
}

function sentences(setting: string, version?: string): string {
  const { reasons, conditions, consequences } = decideText(text(setting), version);
  return [...reasons, ...conditions, ...consequences].join("\n");
}

describe("storage.keep.rejected", () => {
  it.each(["retry_limit 1", "retry_limit no_limits", "retry_limit no_retries"])(
    "fills the memory after a restart, with %s",
    (retries) => {
      const { answer, by } = decideText(text("storage.keep.rejected on", "http", retries));
      expect([answer, by]).toEqual(["stuck", ["storage.keep.rejected"]]);
    },
  );

  it("takes as many dead letters as there are places, and names the line", () => {
    expect(sentences("storage.keep.rejected on")).toMatch(
      /^Once 128 dead letters are on disk at a start.*fluent-bit\.conf:3\)/u,
    );
  });

  it("does not keep what is given up while memory is full", () => {
    expect(sentences("storage.keep.rejected on")).toMatch(/a copy cannot be written/u);
  });

  it.each([
    { version: "4.1.9", answer: "free", says: /^$/u },
    { version: "4.2.0", answer: "free", says: /deletes its dead letters at the next start/u },
    { version: "5.0.0", answer: "stuck", says: /dead letters are on disk/u },
  ])("in $version: $answer", ({ version, answer, says }) => {
    expect(decideText(text("storage.keep.rejected on"), version).answer).toBe(answer);
    expect(sentences("storage.keep.rejected on", version)).toMatch(says);
  });

  it("is not decided for outputs that never ask for a retry", () => {
    expect(decideText(text("storage.keep.rejected on", "stdout")).answer).toBe("undecided");
  });
});

describe("storage.backlog.mem_limit", () => {
  it.each([
    ["0", "stuck"],
    ["0M", "stuck"],
    ["5M", "free"],
    ["1", "free"],
  ])("%s: %s", (limit, answer) => {
    const decision = decideText(text(`storage.backlog.mem_limit ${limit}`));
    expect(decision.answer).toBe(answer);
    expect(decision.conditions.length > 0).toBe(answer === "stuck");
  });
});

describe("hot_reload", () => {
  const waits = /a reload can wait for ever.*ingest, crash, reload/u;

  it("may never end since v4.0.3, while an earlier run's chunks are loaded", () => {
    expect(sentences("hot_reload on")).toMatch(waits);
    expect(decideText(text("hot_reload on")).answer).toBe("free");
    expect(sentences("hot_reload on", "4.0.3")).toMatch(waits);
    expect(sentences("hot_reload on", "4.0.2")).toBe("");
  });

  it("ends by its grace time without thread safety", () => {
    expect(sentences("hot_reload on\n    hot_reload.ensure_thread_safety off")).toBe("");
  });
});

describe("storage.backlog.flush_on_shutdown", () => {
  it("takes away what outputs read", () => {
    const setting = "storage.backlog.flush_on_shutdown on";
    expect(sentences(setting)).toMatch(/takes chunks out of memory while outputs still read them/u);
    expect(sentences(setting, "4.0.2")).toBe("");
  });
});
