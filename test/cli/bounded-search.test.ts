import { describe, expect, it } from "vitest";
import { boundedSearch } from "../../src/cli/check/bounded-search.ts";
import { searchWords } from "../../src/cli/check/search-progress.ts";
import { scopeFor } from "../explore/scope-for.ts";
import { parse, part } from "./json-value.ts";
import { recordingTerminal, run } from "./recording-terminal.ts";

const large = scopeFor({ chunks: 100, taskMapSize: 64, maxChunksUp: 16, overLimitQuota: 1 });

describe("a search that somebody waits for", () => {
  it("ends by Ctrl-C with what was covered", async () => {
    const search = boundedSearch(large, {}, recordingTerminal());
    process.emit("SIGINT");
    const { complete, endedBy, expanded, states } = await search;
    expect([complete, endedBy]).toEqual([false, "Ctrl-C"]);
    expect(expanded).toBe(4096);
    expect(states).toBeGreaterThan(expanded);
  });

  it("leaves signals alone afterwards", async () => {
    const before = process.listenerCount("SIGINT");
    await boundedSearch(scopeFor({}), {}, recordingTerminal());
    expect(process.listenerCount("SIGINT")).toBe(before);
  });

  it("ends when its time is over", async () => {
    const limits = { timeLimitMs: 1 };
    const { complete, endedBy } = await boundedSearch(large, limits, recordingTerminal());
    expect([complete, endedBy]).toEqual([false, "the limit of 0.001 s"]);
  });

  it("is not limited by --time-limit 0", async () => {
    const { code } = await run(["check", "--release", "park", "--time-limit", "0"]);
    expect(code).toBe(0);
  });
});

describe("the words of a search", () => {
  const progress = { visited: 1_200_000, waiting: 20_000, level: 30, bytes: 300e6 };

  it("say how far it is, and what is left at most", () => {
    expect(searchWords(progress, 2, 4_800_000)).toBe(
      "1,200,000 states of 4.8M at most, 600K/s, level 30, frontier 20,000, 300 MB, 6 s left at most",
    );
  });

  it("do not say what is not known", () => {
    expect(searchWords(progress, 2, Number.POSITIVE_INFINITY)).toBe(
      "1,200,000 states, 600K/s, level 30, frontier 20,000, 300 MB",
    );
  });
});

describe("bench of a scope", () => {
  it("measures it labelled, by counts and with every property", async () => {
    const sizes = ["chunks=4", "taskMapSize=2", "maxChunksUp=2"].flatMap((one) => ["--set", one]);
    const { code, out } = await run(["bench", "--json", ...sizes]);
    expect(code).toBe(0);
    const json = parse(out);
    expect(part(json, "labelled", "states")).toBe(826);
    expect(part(json, "counts", "states")).toBe(74);
    expect(part(json, "everyProperty", "states")).toBe(74);
    for (const name of ["labelled", "counts", "everyProperty"]) {
      expect(part(json, name, "complete")).toBe(true);
      expect(part(json, name, "threads")).toBe(1);
      for (const measure of ["transitions", "seconds", "wallSeconds", "bytesPerState"]) {
        expect(part(json, name, measure)).toBeGreaterThan(0);
      }
    }
  });

  it("is not labelled where there are too many states", async () => {
    const { out } = await run(["bench", "--json", "--set", "chunks=30"]);
    expect(part(parse(out), "labelled")).toBeNull();
    expect(part(parse(out), "counts", "complete")).toBe(true);
    const text = await run(["bench", "--set", "chunks=30"]);
    expect(text.out).toContain("labelled: more than 20000000 states\n");
  });

  it("needs a scope for JSON", async () => {
    const { code, err } = await run(["bench", "--json"]);
    expect(code).toBe(2);
    expect(err).toBe("unstuck: --json, --only and --max-states go with --release or --set\n");
  });
});
