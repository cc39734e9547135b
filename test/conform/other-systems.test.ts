import { afterEach, describe, expect, it } from "vitest";
import { modelVariable, systemVariable } from "../../src/compile/load-releases.ts";
import { runCommand } from "./run-command.ts";

const port = ["python3", "test/ports/python/collector.py"];
const collector = ["conform", "--system", "otel-collector"];

afterEach(() => {
  Reflect.deleteProperty(process.env, systemVariable);
  Reflect.deleteProperty(process.env, modelVariable);
});

describe("a port of another system", () => {
  it("conforms, at the scopes whose actions it has", async () => {
    const { code, out } = await runCommand(...collector, "--", ...port);
    expect(out).toContain("The port conforms. 2 scopes");
    expect(code).toBe(0);
  });

  it.each([
    ["forgets-left", "load", "!?load leads to another state, after 4 steps"],
    ["room-early", "offer", "offer(Refused)? .request \\d\\) .*, after 3 steps"],
  ])("is caught when broken: %s", async (name, action, says) => {
    const { code, out } = await runCommand(...collector, "--", ...port, "--broken", name);
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(says, "u"));
    expect(out).toMatch(new RegExp(`--system otel-collector --release v0\\.159 .*${action}`, "u"));
  });

  it("the command that shows a fault again names the model files", async () => {
    const file = "test/fixtures/model/spare-place.js";
    const python = ["python3", "test/ports/python/port.py", "--broken", "task-leaked"];
    const words = ["conform", "--model", file, "--release", "v3.0.1", "--", ...python];
    const { code, out } = await runCommand(...words);
    expect(code).toBe(1);
    expect(out).toContain(`unstuck conform --model ${file} --release v3.0.1`);
  });

  it("says which action a scope needs that it has not", async () => {
    const words = [...collector, "--set", "shutdown=true", "--", ...port];
    const { code, err } = await runCommand(...words);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^unstuck: the port does not support the action \w+, which v0\.159 needs$/mu,
    );
  });
});
