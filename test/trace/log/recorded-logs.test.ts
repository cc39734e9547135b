import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { LogReader, type LogVerdict } from "../../../src/trace/log/log-reader.ts";

interface Recorded {
  readonly name: string;
  /** The task map that the recorded build has. */
  readonly tasks: number;
  /** What the README of the recordings says of its end. */
  readonly verdict: LogVerdict;
  /** The last line of an attempt, where it is stuck. */
  readonly since?: number;
}

const recorded: readonly Recorded[] = [
  { name: "v304_corrfix_q2_map8_up8", tasks: 8, verdict: "flowing" },
  { name: "v304_deadlock_map8_up8", tasks: 8, verdict: "stuck", since: 591 },
  { name: "v304_dummy_rate5_flush037_map8_up8", tasks: 8, verdict: "stuck", since: 843 },
  { name: "v304_healthy_map8_up8", tasks: 8, verdict: "flowing" },
  { name: "v304_mapfull_upfree_map8_up8", tasks: 8, verdict: "flowing" },
  { name: "v304_outage_nosat_map64_up8", tasks: 64, verdict: "flowing" },
  { name: "v304_pristine_fd1024_loss", tasks: 2048, verdict: "flowing" },
  { name: "v304_pristine_map2048_up128", tasks: 2048, verdict: "stuck", since: 1216 },
  { name: "v304_pubfix_q2_map8_up8", tasks: 8, verdict: "stuck", since: 965 },
  { name: "v304_restart_after_deadlock", tasks: 2048, verdict: "flowing" },
  { name: "v304_tworoutes_map64_up8", tasks: 64, verdict: "flowing" },
  { name: "v511_deadlock_map8_up8", tasks: 8, verdict: "stuck", since: 625 },
  { name: "v511_healthy_map8_up8", tasks: 8, verdict: "flowing" },
  { name: "v511_restart_after_deadlock", tasks: 2048, verdict: "flowing" },
];

function linesOf(name: string): readonly string[] {
  const file = new URL(`../../fixtures/logs/${name}.log.gz`, import.meta.url);
  return gunzipSync(readFileSync(fileURLToPath(file)))
    .toString()
    .split("\n");
}

function readerOf(lines: readonly string[]): LogReader {
  const reader = new LogReader();
  lines.forEach((line, index) => {
    reader.take(index + 1, line);
  });
  return reader;
}

describe("the logs of real engines", () => {
  it.each(recorded)("$name: $verdict", ({ name, tasks, verdict, since }) => {
    const [diagnosis, ...others] = readerOf(linesOf(name)).diagnoses(() => tasks);
    expect(others).toEqual([]);
    expect(diagnosis?.verdict).toBe(verdict);
    if (since !== undefined) expect(diagnosis?.run.moved?.line).toBe(since);
  });

  it.each(recorded)(
    "$name: is stuck at no time before that",
    ({ name, tasks, since = Infinity }) => {
      const reader = new LogReader();
      const early: number[] = [];
      linesOf(name).forEach((line, index) => {
        reader.take(index + 1, line);
        // Where lines are left out, a pause of some seconds says little, and is not called more than that.
        const isStuck = reader
          .diagnoses(() => tasks)
          .some(
            ({ verdict, run }) =>
              verdict === "stuck" || (verdict === "blocked" && run.linesLeftOut === 0),
          );
        if (isStuck && index < since) early.push(index + 1);
      });
      expect(early).toEqual([]);
    },
  );

  it("count what is lost", () => {
    const [diagnosis] = readerOf(linesOf("v304_pristine_fd1024_loss")).diagnoses(() => 2048);
    expect(diagnosis?.run.counts).toMatchObject({ lost: 25, refused: 2060 });
  });

  it("say at level info what they say at level debug", () => {
    for (const { name, tasks, verdict } of recorded) {
      const lines = linesOf(name).filter((line) => !line.includes("[debug]"));
      const [diagnosis] = readerOf(lines).diagnoses(() => tasks);
      expect([name, diagnosis?.verdict]).toEqual([name, verdict]);
    }
  });

  it("do not tell a larger task map from flushes that get no answer", () => {
    const [diagnosis] = readerOf(linesOf("v304_deadlock_map8_up8")).diagnoses(() => 2048);
    expect(diagnosis?.verdict).toBe("blocked");
  });

  it("tell one run from the next, also after a kill", () => {
    const stuck = linesOf("v304_deadlock_map8_up8");
    const killed = stuck.slice(
      0,
      stuck.findIndex((line) => line.includes("caught signal")),
    );
    const reader = readerOf([...killed, ...linesOf("v304_restart_after_deadlock")]);
    const verdicts = reader.diagnoses(() => 8).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(["stuck", "flowing"]);
  });

  it("tell an output that takes nothing from a stuck engine", () => {
    const lines = linesOf("v304_deadlock_map8_up8");
    const [diagnosis] = readerOf(lines.slice(0, 595)).diagnoses(() => 8);
    expect(diagnosis?.verdict).toBe("failing");
  });
});
