import { describe, expect, it } from "vitest";
import { run } from "./recording-terminal.ts";

// What operators tried, with the right answers: 42 public reports stand behind them.

const cases = "test/fixtures/operators";
const map8 = ["--task-map", "8"];
/** What no answer about an engine that does not deliver may say. */
const reassuring = /HEALTHY|DRAINING|flowing|the engine works/;

interface Case {
  readonly name: string;
  readonly words?: readonly string[];
  readonly code: number;
  readonly says: readonly (string | RegExp)[];
  readonly doesNotSay: RegExp;
}

const undecided: readonly Case[] = [
  {
    name: "diagnose-dump-is-evidence",
    words: map8,
    code: 3,
    says: [
      /^UNDECIDED: it looks stuck: 8 tasks, 8 chunks in memory and 8 not\./,
      "storage.max_chunks_up",
    ],
    doesNotSay: reassuring,
  },
  {
    name: "diagnose-kafka-queue-full",
    code: 3,
    says: [/^FAILING: kafka\.0 has taken nothing since 2025\/03\/04 10:00:05 \(line 4\)/],
    doesNotSay: /HEALTHY|STUCK|flowing/,
  },
  {
    name: "diagnose-no-evidence-of-flow",
    code: 3,
    says: [/^UNDECIDED: nothing is known/, "proc_records of each output has to grow"],
    doesNotSay: reassuring,
  },
  {
    name: "diagnose-not-all-refused-yet",
    words: map8,
    code: 3,
    says: [/^UNDECIDED: blocked: 8 tasks/, "retries of 6", "for 14 minutes", "/api/v1/storage"],
    doesNotSay: reassuring,
  },
  {
    name: "diagnose-one-output-starves",
    words: map8,
    code: 3,
    says: [/^STARVING: forward\.1 is cut off/, "60 retries", "while http.0 is served"],
    doesNotSay: /HEALTHY|DRAINING|STUCK/,
  },
  {
    name: "diagnose-out-of-descriptors",
    code: 3,
    says: ["runs out of file descriptors (errno 24", "LimitNOFILE", "chunks get lost next"],
    doesNotSay: reassuring,
  },
  {
    name: "diagnose-paused-for-good",
    code: 3,
    says: [
      /^PAUSED: tail\.0 is paused since 2025\/03\/04 10:00:07 \(line 6\): mem buf overlimit/,
      "tail.1 is paused since 2025/03/04 10:00:08 (line 7): storage buf overlimit 128/128",
    ],
    doesNotSay: reassuring,
  },
  {
    name: "diagnose-short-excerpt",
    code: 3,
    says: [/^UNDECIDED: blocked: 7 tasks wait/, "no line shows an attempt", "too short to tell"],
    doesNotSay: /HEALTHY|DRAINING|FAILING|attempted, so|the engine works/,
  },
  {
    name: "diagnose-warn-level-overdue",
    words: [...map8, "--fluent-bit", "3.1.9"],
    code: 3,
    says: [
      /^UNDECIDED: overdue: 8 retries/,
      "the engine is stuck, or what followed was not logged",
      "Set log_level info",
    ],
    doesNotSay: reassuring,
  },
];

const bad: readonly Case[] = [
  {
    name: "diagnose-clock-goes-back",
    words: map8,
    code: 1,
    says: [/^STUCK: all 8 tasks wait for memory/, "The clock goes back"],
    doesNotSay: reassuring,
  },
  {
    name: "diagnose-first-retry-lost",
    code: 1,
    says: [/^LOSS: 5 chunks were deleted/, "ulimit -n"],
    doesNotSay: reassuring,
  },
  {
    name: "diagnose-sigcont-is-no-end",
    words: map8,
    code: 1,
    says: [/^STUCK/, "24 retries found no memory since", "to line 66"],
    doesNotSay: reassuring,
  },
  {
    name: "diagnose-total-limit",
    code: 1,
    says: [/^LOSS: 3 appends/, "storage.total_limit_size of http.0 is used up", "Raise"],
    doesNotSay: reassuring,
  },
  {
    name: "diagnose-v18-banner",
    code: 1,
    says: [/^STUCK: all 2,048 tasks/, /version +1\.8\.15/],
    doesNotSay: reassuring,
  },
];

/** A sentence is broken into lines where it is shown. */
function sentences(out: string): string {
  return out.replaceAll(/\s+/g, " ");
}

function fileOf(name: string): string {
  return `${cases}/${name}/fluent-bit.log${name === "diagnose-v18-banner" ? ".gz" : ""}`;
}

describe("what operators tried", () => {
  it.each([...undecided, ...bad])("$name", async ({ name, words, code, says, doesNotSay }) => {
    const { out, err, code: found } = await run(["diagnose", fileOf(name), ...(words ?? [])]);
    expect(err).toBe("");
    for (const said of says) {
      if (typeof said === "string") expect(sentences(out)).toContain(said);
      else expect(sentences(out)).toMatch(said);
    }
    expect(out).not.toMatch(doesNotSay);
    expect(found).toBe(code);
  });

  it.each([
    "diagnose-colours-without-escape/fluent-bit.log",
    "diagnose-docker-json-colours/fluent-bit.log",
    "diagnose-utf16/fluent-bit.log",
    "pass-log-prefixes/ansi.log",
    "pass-log-prefixes/cri.log",
    "pass-log-prefixes/docker.log",
    "pass-log-prefixes/export.ndjson",
    "pass-log-prefixes/journal.log",
    "pass-log-prefixes/noise.log",
  ])("%s is read as if nothing stood around its lines", async (name) => {
    const { out, code } = await run(["diagnose", `${cases}/${name}`, ...map8]);
    expect(sentences(out)).toMatch(
      /^STUCK: all 8 tasks wait .* since 2025\/03\/04 10:00:12 \(line 1[15]\): 24 retries/,
    );
    expect(code).toBe(1);
  });

  it.each(["diagnose-v18-restart", "pass-killed-and-restarted"])(
    "%s: the run before the restart is stuck, the one after it is well",
    async (name) => {
      const { out, code } = await run(["diagnose", fileOf(name), ...map8]);
      const [first, second] = out.split("\n\n")[0]?.split(/\n(?=[A-Z]{3,}: )/) ?? [];
      expect(sentences(first ?? "")).toMatch(/^STUCK: all 8 tasks .*\[run 1 of 2\]$/);
      expect(sentences(second ?? "")).toMatch(/^HEALTHY: records are flowing .*\[run 2 of 2\]$/);
      expect(code).toBe(1);
    },
  );

  it("tells the engines of mixed logs apart, and names them", async () => {
    const { out, code } = await run(["diagnose", fileOf("diagnose-two-pods-interleaved"), ...map8]);
    const said = sentences(out);
    expect(said).toMatch(/^STUCK: [^[]*\[pod\/fluent-bit-aaaaa\/fluent-bit\] HEALTHY: /);
    expect(said).toContain("HEALTHY: records are flowing to http.0");
    expect(said).toContain("[pod/fluent-bit-bbbbb/fluent-bit]");
    expect(code).toBe(1);
  });
});
