import { afterEach, expect, it, vi } from "vitest";
import { run } from "./recording-terminal.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("shows a defect of its own as one: what a report needs, and exit code 70", async () => {
  vi.spyOn(performance, "now").mockImplementation(() => {
    throw new TypeError("the clock is broken");
  });
  const { code, out, err } = await run(["check", "--release", "v3.0.4"]);
  expect(code).toBe(70);
  expect(out).toBe("");
  const lines = err.split("\n");
  expect(lines[0]).toBe("unstuck: internal error, please report it with what follows");
  expect(lines[1]).toMatch(/^version \d+\.\d+\.\d+, Node v\d+\.\d+\.\d+, \w+$/u);
  expect(lines[2]).toBe("command: unstuck check --release v3.0.4");
  expect(lines[3]).toBe("TypeError: the clock is broken");
  expect(lines[4]).toMatch(/^ {4}at /u);
});

it("says in one sentence what the machine refuses", async () => {
  const { code, err } = await run(["prove", "--certificate", "/proc/none/certificate.json"]);
  expect(code).toBe(2);
  expect(err.trim().split("\n")).toHaveLength(1);
  expect(err).toMatch(/^unstuck: .*\/proc\/none/u);
});

it("says in one sentence what is too large to be explored", async () => {
  const { code, err } = await run(["check", "--set", "chunks=5000"]);
  expect([code, err]).toEqual([2, "unstuck: a search can have 4095 chunks at most\n"]);
});
