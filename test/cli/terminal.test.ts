import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { processTerminal } from "../../src/cli/terminal.ts";

const { stdout, stderr } = process;
const before = { stdout: stdout.isTTY, stderr: stderr.isTTY };

describe("the terminal of this process", () => {
  beforeEach(() => {
    vi.stubEnv("NO_COLOR", undefined);
    vi.stubEnv("TERM", "xterm");
    stdout.isTTY = true;
    stderr.isTTY = true;
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    stdout.isTTY = before.stdout;
    stderr.isTTY = before.stderr;
    stdout.removeAllListeners("error");
    stderr.removeAllListeners("error");
  });

  function coloured(): boolean {
    return processTerminal().style.red("red") !== "red";
  }

  it("has colours if it is one", () => {
    expect(coloured()).toBe(true);
    expect(processTerminal().showsProgress).toBe(true);
  });

  it("has none if standard output is a file or a pipe", () => {
    stdout.isTTY = false;
    expect(coloured()).toBe(false);
    expect(processTerminal().showsProgress).toBe(true);
  });

  it("has none with NO_COLOR, unless that is empty", () => {
    vi.stubEnv("NO_COLOR", "1");
    expect(coloured()).toBe(false);
    vi.stubEnv("NO_COLOR", "");
    expect(coloured()).toBe(true);
  });

  it("has none where TERM is dumb", () => {
    vi.stubEnv("TERM", "dumb");
    expect(coloured()).toBe(false);
  });

  it("shows no progress if standard error is a file or a pipe", () => {
    stderr.isTTY = false;
    expect(processTerminal().showsProgress).toBe(false);
  });

  it("writes to standard output and standard error", () => {
    const out = vi.spyOn(stdout, "write").mockReturnValue(true);
    const err = vi.spyOn(stderr, "write").mockReturnValue(true);
    const terminal = processTerminal();
    terminal.out("verdict");
    terminal.err("trouble");
    expect(out.mock.calls).toEqual([["verdict"]]);
    expect(err.mock.calls).toEqual([["trouble"]]);
  });

  const closed = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
  const full = Object.assign(new Error("no space left"), { code: "ENOSPC" });

  it("does not mind a reader that closes the pipe; ends in one sentence for everything else", () => {
    const err = vi.spyOn(stderr, "write").mockReturnValue(true);
    const exit = vi.spyOn(process, "exit").mockImplementation((code) => {
      throw new Error(`exit ${code ?? ""}`);
    });
    processTerminal();
    expect(stdout.emit("error", closed)).toBe(true);
    expect(exit).not.toHaveBeenCalled();
    expect(() => stdout.emit("error", full)).toThrow("exit 2");
    expect(err.mock.calls).toEqual([["unstuck: cannot write standard output: no space left\n"]]);
  });

  it("goes on where standard error cannot be written: there is nowhere to complain", () => {
    const listeners = stderr.listenerCount("error");
    processTerminal();
    expect(stderr.listenerCount("error")).toBe(listeners + 1);
    expect(stderr.emit("error", full)).toBe(true);
  });
});
