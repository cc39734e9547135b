import { afterEach, describe, expect, it, vi } from "vitest";
import { ProgressLine } from "../../src/cli/progress-line.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { style } from "../../src/report/style.ts";
import { run } from "./recording-terminal.ts";

const clear = "\r\u001b[2K";

/** A progress line on a terminal whose clock stands where it is put. */
function lineAt(showsProgress: boolean): {
  readonly line: ProgressLine;
  readonly clock: { now: number };
  readonly written: string[];
} {
  const clock = { now: 50 };
  const written: string[] = [];
  const terminal: Terminal = {
    out: () => undefined,
    err: (text) => {
      written.push(text);
    },
    style: style(false),
    width: Number.POSITIVE_INFINITY,
    showsProgress,
  };
  return { line: new ProgressLine(terminal, () => clock.now), clock, written };
}

describe("the progress line", () => {
  it("says nothing in the first second", () => {
    const { line, clock, written } = lineAt(true);
    for (clock.now = 50; clock.now < 1050; clock.now += 10) line.update(() => "far");
    line.end();
    expect(written).toEqual([]);
  });

  it("speaks after a second, not more often than every 200 ms, and goes away", () => {
    const { line, clock, written } = lineAt(true);
    for (clock.now = 1050; clock.now <= 1450; clock.now += 10) {
      line.update(() => `at ${clock.now}`);
    }
    expect(written).toEqual([`${clear}at 1050`, `${clear}at 1250`, `${clear}at 1450`]);
    line.end();
    line.end();
    expect(written.slice(3)).toEqual([clear]);
  });

  it("says nothing where standard error is no terminal", () => {
    const { line, clock, written } = lineAt(false);
    clock.now = 5000;
    line.update(() => "far");
    line.end();
    expect(written).toEqual([]);
  });
});

describe("the progress of check", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** Every look at the clock takes so many milliseconds. */
  function slowClock(milliseconds: number): void {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (now += milliseconds));
  }

  it.each([
    { words: ["check"], says: "checking v3.0.4 at scope c" },
    {
      words: ["check", "--release", "v3.0.4"],
      says: "0 states of 24 at most, 0/s, level 0, frontier 1, ",
    },
  ])("$words says how far it is, on a terminal", async ({ words, says }) => {
    slowClock(1500);
    const { out, err } = await run(words, { showsProgress: true });
    expect(err).toContain(clear + says);
    expect(err.endsWith(clear)).toBe(true);
    expect(out).not.toContain(clear);
  });

  it("is not shown where standard error is no terminal, nor if it takes no time", async () => {
    slowClock(1500);
    expect((await run(["check"])).err).toBe("");
    vi.restoreAllMocks();
    slowClock(0);
    expect((await run(["check"], { showsProgress: true })).err).toBe("");
  });
});
