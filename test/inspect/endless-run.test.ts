import { expect, test } from "vitest";
import { defaultParameters } from "../../models/parameters.ts";
import { runCommandLine } from "../../src/cli/command-line.ts";
import { inspectScope, type InspectArguments } from "../../src/cli/explore/inspect-scope.ts";
import { pageProperty } from "../../src/cli/check/page-scopes.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { movedUp } from "../../src/compile/own-parameters.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import { Stepper } from "../../src/compile/stepper.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import type { Remark } from "../../src/inspect/live/driver.ts";
import { endlessly } from "../../src/inspect/live/endless-run.ts";
import { LiveSystem } from "../../src/inspect/live/live-system.ts";
import type { Inspector } from "../../src/inspect/serve/inspect-server.ts";
import { recordingTerminal } from "../cli/recording-terminal.ts";
import { until } from "../cli/until.ts";

const releases = await loadReleases();

test.each(releases.map((release) => [release.name, release] as const))(
  "%s: live actors go round every loop that check shows, as often as asked",
  (_, release) => {
    for (const outputs of [1, 2]) {
      const parameters = { ...defaultParameters, ...release.defaults, outputs };
      const scope = scopeOf(release, movedUp(release, parameters));
      const played: string[] = [];
      const { properties } = checkScope(scope);
      for (const property of properties) {
        const { path, lasso, name } = pageProperty(property);
        if (path === null || lasso === null) continue;
        const run = { path: [...path, ...lasso.approach], loop: lasso.loop, why: [] };
        const drive = endlessly(run, 3);
        const system = new LiveSystem(release.describe(scope.parameters), scope, () => undefined);
        const headings: string[] = [];
        const say = ({ heading }: Remark): void => void headings.push(heading);
        let steps = 0;
        for (let action = drive(system.stepper, say); action !== null; steps++) {
          system.take(action);
          action = drive(system.stepper, say);
        }
        system.stop();
        expect(steps, name).toBe(run.path.length + 3 * run.loop.length);
        const rounds = ["then for ever, round 1", "round 2", "round 3"];
        expect(headings, name).toEqual([...rounds, ""]);
        played.push(name);
      }
      const progress = scope.system.properties.filter(({ kind }) => kind === "progress");
      const violated = properties.filter(({ verdict }) => verdict === "violated");
      expect(played).toEqual(
        violated
          .map(({ property }) => property)
          .filter((name) => progress.some((one) => one.name === name)),
      );
    }
  },
);

const running = { release: "v3.0.4", set: [], pace: 1, port: 0, allowOrigin: [] };

async function inspected(
  asked: Partial<InspectArguments>,
  look: (inspector: Inspector) => void,
): Promise<string> {
  const terminal = recordingTerminal();
  const inspector = await inspectScope({ ...running, ...asked }, terminal);
  look(inspector);
  await inspector.close();
  return terminal.written.out;
}

const opening = [
  "↻ after step 2 a loop of 3 steps begins that repeats for ever: dispatch · chunk 0, flushOk · chunk 0 → output 0, ingest · chunk 0 → output 0",
  "↻ chunk 1 waits for ever: dispatch becomes possible again and again, and each time something else comes first and takes the room",
  "",
];

test("the loop is gone round without end, and the terminal says once that it began and who waits", async () => {
  const way = ["ingest.c0.m0", "ingest.c1.m0"];
  const round = ["dispatch.c0", "flushOk.c0.o0", "ingest.c0.m0"];
  const out = await inspected({ counterexample: "noStarvation" }, ({ run }) => {
    for (let step = 0; step < 2 + 300; step++) expect(run.step()).toBe(true);
    const rounds = Array.from({ length: 100 }, () => round).flat();
    expect(run.soFar).toMatchObject({ keys: [...way, ...rounds] });
  });
  expect(out).toBe(opening.join("\n"));
});

test("with --rounds the run ends after so many of them, and says that it could go on", async () => {
  const out = await inspected({ counterexample: "noStarvation", rounds: 1 }, ({ run }) => {
    for (let step = 0; step < 5; step++) expect(run.step()).toBe(true);
    expect(run.step()).toBe(false);
    expect(run.step()).toBe(false);
    expect(run.soFar).toMatchObject({ keys: { length: 5 }, playing: false });
  });
  const [first = "", second = ""] = opening;
  expect(out.split("\n")).toEqual([
    first.replace("for ever:", "for ever, here for 1 round:"),
    second,
    "↻ the run ends after 1 round; the loop can go on for ever",
    "",
  ]);
});

test("where nothing is left to do, there is no round", () => {
  const release = releases.find(({ name }) => name === "v3.0.4");
  if (release === undefined) throw new Error("no v3.0.4");
  const stepper = new Stepper(scopeOf(release, defaultParameters));
  const said: Remark[] = [];
  const drive = endlessly({ path: [], loop: [], why: ["chunk 0 waits for ever"] }, Infinity);
  for (let times = 0; times < 2; times++) {
    expect(drive(stepper, (remark) => void said.push(remark))).toBeNull();
  }
  const sentences = ["after step 0 it stays so for ever", "chunk 0 waits for ever"];
  expect(said).toEqual([{ heading: "", sentences }]);
});

test("who leaves the loop by hand is told, and may come back to it", async () => {
  await inspected({ counterexample: "noStarvation" }, ({ run }) => {
    const take = (key: string): void => {
      run.obey({ type: "unstuck.take", key });
    };
    for (let step = 0; step < 3; step++) run.step();
    take("flushOk.c0.o0");
    expect(run.step()).toBe(true);
    expect(run.soFar).toMatchObject({ keys: { 4: "ingest.c0.m0", length: 5 } });
    take("outputDown.o0");
    expect(run.step()).toBe(false);
    take("outputUp.o0");
    expect(run.step()).toBe(true);
    expect(run.soFar).toMatchObject({
      keys: { 7: "dispatch.c0", length: 8 },
      remarks: [
        { after: 2, heading: "then for ever, round 1" },
        { after: 7, heading: "round 2" },
      ],
    });
  });
});

test("a violation that is none of progress has no loop: its path is played, and then it is over", async () => {
  const leak = { release: "published-fix", counterexample: "quotaConserved" };
  const out = await inspected(leak, ({ run }) => {
    for (let step = 0; step < 8; step++) expect(run.step()).toBe(true);
    expect(run.step()).toBe(false);
  });
  expect(out).toBe("");
  await expect(
    inspectScope({ ...running, ...leak, rounds: 2 }, recordingTerminal()),
  ).rejects.toThrow("a violation of quotaConserved ends in no loop; leave out --rounds");
  await expect(inspectScope({ ...running, rounds: 2 }, recordingTerminal())).rejects.toThrow(
    "--rounds goes with --counterexample",
  );
});

test("Ctrl-C ends an endless run", async () => {
  const terminal = recordingTerminal();
  const words = ["inspect", "--counterexample", "noStarvation", "--autoplay", "--pace", "1"];
  const ended = runCommandLine(words, terminal);
  await until("the loop begins", () => terminal.written.out.includes("waits for ever"));
  process.emit("SIGINT");
  expect(await ended).toBe(0);
  expect(terminal.written.err).toBe("");
  const url = /http:\S+/.exec(terminal.written.out)?.[0] ?? "";
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});
