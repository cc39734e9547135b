import { describe, expect, it } from "vitest";
import { runCommand } from "./run-command.ts";

const hello =
  '{"type":"hello","protocol":1,"name":"a test","actions":["ingest","dispatch","flushOk","flushRetry","flushDrop","retryFire","retryFireOverLimit","reschedule","outputDown","outputUp"],"releases":["v3.0.4"]}';

/** A port of a few lines: says hello, and then does what the code says with each request `r`. */
function port(code: string, greeting = hello): readonly string[] {
  const program = `
const say = (line) => process.stdout.write(line + "\\n");
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const r = JSON.parse(line);
  if (r.type === "hello") { say(${JSON.stringify(greeting)}); return; }
  if (r.type === "bye") { say('{"type":"bye"}'); process.exit(); }
  ${code}
});`;
  return [process.execPath, "-e", program];
}

const initial =
  '{"type":"state","state":{"slots":[null,null],"engine":"running","output":["online"],"overLimitUp":[0],"up":0,"tasks":0}}';
const answersReset = `if (r.type === "reset") { say(${JSON.stringify(initial)}); return; }`;

/** The one sentence that a run ends with: on standard error, or as what happened at a step. */
async function sentence(command: readonly string[], ...options: readonly string[]) {
  const words = ["conform", "--release", "v3.0.4", "--timeout", "6", ...options, "--", ...command];
  const { code, out, err } = await runCommand(...words);
  expect(out + err).not.toContain("    at ");
  if (err !== "") return { code, said: err };
  return { code, said: out.split("\n").find((line) => line.includes(", after ")) ?? out };
}

describe("a command that is no port is bad input", () => {
  it.each([
    {
      what: "that does not exist",
      command: ["./no-such-port"],
      said: 'unstuck: cannot start "./no-such-port": there is no such command\n',
    },
    {
      what: "that ends at once",
      command: [process.execPath, "-e", "console.error('no luck'); process.exit(7)"],
      said: 'unstuck: the port ended with exit code 7 while it was to answer hello; the last that it said on standard error is "no luck"\n',
    },
    {
      what: "that says no JSON",
      command: port("", "Hello!"),
      said: 'unstuck: the port answers hello with "Hello!", which is no JSON object\n',
    },
    {
      what: "that speaks another version",
      command: port("", '{"type":"hello","protocol":2}'),
      said: "unstuck: the port speaks version 2 of the protocol, not 1\n",
    },
    {
      what: "that says too little",
      command: port("", '{"type":"hello","protocol":1,"name":"x","actions":["ingest",3]}'),
      said: 'unstuck: the port\'s hello needs "name" (text), "actions" and "releases" (lists of text)\n',
    },
    {
      what: "that hangs",
      command: [process.execPath, "-e", "setInterval(() => {}, 1000)"],
      said: "unstuck: the port did not answer hello within 6 s\n",
    },
    {
      what: "that lacks an action",
      command: port("", hello.replace('"flushDrop",', "").replace("v3.0.4", "v3.0.4")),
      said: "unstuck: the port does not support the action flushDrop, which v3.0.4 needs\n",
      options: ["--set", "retryLimit=1"],
    },
    {
      what: "that lacks the release",
      command: port("", hello.replace("v3.0.4", "v9")),
      said: "unstuck: the port does not list the release v3.0.4 in its hello, but v9\n",
    },
  ])("one $what", async ({ command, said, options = [] }) => {
    expect(await sentence(command, ...options)).toEqual({ code: 2, said });
  });

  it("so is a run in which nothing would be tried", async () => {
    const said = await sentence(port(""), "--set", "chunks=1000", "--random", "0");
    expect(said).toEqual({
      code: 2,
      said: "unstuck: there is nothing to try: the scope is too large for all but random walks, and --random is 0\n",
    });
  });

  it("so is a time-out that no timer can measure", async () => {
    const { code, err } = await runCommand("conform", "--timeout", "3000000", "--", "true");
    expect(code).toBe(2);
    expect(err).toBe(
      "unstuck: option '--timeout <seconds>' argument '3000000' is invalid. a whole number from 1 to 2147483 is needed.\n",
    );
  });

  it("so is a report that cannot be written, but what was found is told", async () => {
    const words = ["--random", "0", "--junit", "no/such/folder/report.xml", "--"];
    const { code, out, err } = await runCommand(
      "conform",
      ...words,
      ...port(`say(${JSON.stringify(initial)});`),
    );
    expect(code).toBe(2);
    expect(err).toMatch(/^unstuck: cannot write no\/such\/folder\/report.xml: /);
    expect(out).toContain("The port does not conform.");
  });

  it("so is none at all", async () => {
    const { code, err } = await runCommand("conform");
    expect(code).toBe(2);
    expect(err).toBe("unstuck: missing required argument 'command'\n");
  });

  it("so is a replay of what the model does not know", async () => {
    const said = await sentence(port(""), "--replay", "ingest:0:0 jump:1");
    expect(said).toEqual({
      code: 2,
      said: 'unstuck: --replay: there is no action "jump:1" in this scope\n',
    });
  });
});

describe("a port that fails on the way is told of with the steps up to there", () => {
  it.each([
    {
      what: "ends",
      code: `${answersReset} console.error("boom"); process.exit(3);`,
      said: 'the port ended with exit code 3 while it was to answer ingest (chunk 0, to 0); the last that it said on standard error is "boom", after 1 step:',
    },
    {
      what: "is killed",
      code: `${answersReset} process.kill(process.pid, "SIGSEGV");`,
      said: "the port ended with signal SIGSEGV while it was to answer ingest (chunk 0, to 0), after 1 step:",
    },
    {
      what: "hangs",
      code: answersReset,
      said: "the port did not answer ingest (chunk 0, to 0) within 6 s, after 1 step:",
    },
    {
      what: "says no JSON",
      code: `${answersReset} say("state: fine");`,
      said: 'the port answers ingest (chunk 0, to 0) with "state: fine", which is no JSON object, after 1 step:',
    },
    {
      what: "says no state",
      code: `${answersReset} say('{"type":"state"}');`,
      said: 'the port answers ingest (chunk 0, to 0) with "{\\"type\\":\\"state\\"}": no state, after 1 step:',
    },
    {
      what: "has an error of its own",
      code: `${answersReset} say('{"type":"error","error":"disk full"}');`,
      said: 'the port answers ingest (chunk 0, to 0) with the error "disk full", after 1 step:',
    },
    {
      what: "writes without end",
      code: `${answersReset} process.stdout.write("x".repeat(3_000_000));`,
      said: "the port wrote a line of more than 1048576 characters while it was to answer ingest (chunk 0, to 0), after 1 step:",
    },
    {
      what: "never changes",
      code: `${answersReset} say(${JSON.stringify(initial)});`,
      said: "ingest (chunk 0, to 0) leads to another state, after 1 step:",
    },
    {
      what: "refuses everything",
      code: `${answersReset} say('{"type":"error","error":"not enabled"}');`,
      said: "ingest (chunk 0, to 0) is enabled, but was refused, after 1 step:",
    },
    {
      what: "starts in another state",
      code: `say(${JSON.stringify(initial.replace('"up":0', '"up":1'))});`,
      said: "the reset leads to another state, after 0 steps:",
    },
  ])("one that $what", async ({ code, said }) => {
    expect(await sentence(port(code), "--random", "0")).toEqual({ code: 1, said });
  });

  it("one that does not end after bye", async () => {
    const program = `
require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const r = JSON.parse(line);
  console.log(r.type === "hello" ? ${JSON.stringify(hello)} : r.type === "bye" ? '{"type":"bye"}' : ${JSON.stringify(initial)});
});
setInterval(() => {}, 1000);`;
    const words = ["conform", "--timeout", "6", "--replay", " ", "--"];
    const { code, err } = await runCommand(...words, process.execPath, "-e", program);
    expect(code).toBe(1);
    expect(err).toBe("unstuck: the port said bye, but did not end within 6 s\n");
  });
});
