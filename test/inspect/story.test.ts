import { expect, test } from "vitest";
import { parametersOf } from "../../src/cli/options/scope-arguments.ts";
import { pageProperty } from "../../src/cli/check/page-scopes.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { scopeOf, type Scope } from "../../src/compile/scope.ts";
import { Stepper } from "../../src/compile/stepper.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import type { PageProperty } from "../../src/inspect/page-data.ts";
import { messageMermaid, waitMermaid } from "../../src/inspect/pictures/mermaid.ts";
import { messagePicture } from "../../src/inspect/pictures/message-picture.ts";
import type { Picture } from "../../src/inspect/pictures/picture.ts";
import { waitPicture } from "../../src/inspect/pictures/wait-picture.ts";
import { replayRun } from "../../src/inspect/run.ts";
import { messagesOf } from "../../src/inspect/tell/messages.ts";
import { runMarkdown } from "../../src/inspect/tell/run-markdown.ts";
import { storyOf } from "../../src/inspect/tell/story.ts";
import { hasCycle, waitGraph } from "../../src/inspect/tell/wait-for.ts";

const releases = await loadReleases();

function judged(
  name: string,
  property: string,
  set: readonly string[] = [],
): [Scope, PageProperty] {
  const release = releases.find((one) => one.name === name);
  if (release === undefined) throw new Error(`there is no ${name}`);
  const scope = scopeOf(release, parametersOf(release, set));
  const found = checkScope(scope).properties.find((one) => one.property === property);
  if (found === undefined) throw new Error(`${name} has no ${property}`);
  return [scope, pageProperty(found)];
}

test.each([
  ["v3.0.4", "neverStuck", [], "Fluent Bit 3.0.4 can deadlock after one outage."],
  [
    "published-fix",
    "neverStuck",
    [],
    "Fluent Bit with published-fix can deadlock after two outages.",
  ],
  [
    "v3.0.4",
    "noStarvation",
    [],
    "Fluent Bit 3.0.4 can leave one chunk waiting for ever without any outage.",
  ],
  [
    "v5.1",
    "isolation",
    ["outputs=2"],
    "Fluent Bit 5.1 can let one offline output cut off another.",
  ],
])("%s, %s: the headline counts the outages of the path", (name, property, set, headline) => {
  expect(storyOf(...judged(name, property, set))?.headline).toBe(headline);
});

test("the deadlock of v3.0.4 is a circle of two chunks, each with what the other needs", () => {
  const story = storyOf(...judged("v3.0.4", "neverStuck"));
  expect(story?.why).toEqual([
    "Chunk 0 (on disk only, has a task, waits for its retry) needs a place in memory (1 of 1 taken, held by chunk 1).",
    "Chunk 1 (in memory, waits for a task) needs a task (1 of 1 taken, held by chunk 0).",
    "Each keeps what it has until it gets what it needs, so neither moves again, although every output is back. Only a restart ends it.",
  ]);
  expect(story !== null && hasCycle(story.waits)).toBe(true);
});

test("a quota that leaked is said to be taken by nobody", () => {
  const story = storyOf(...judged("published-fix", "neverStuck"));
  const leaks = story?.waits.resources.filter(({ leaked }) => leaked > 0);
  expect(leaks).toEqual([
    { name: "a place over the limit of output 0", count: "1 of 1 taken", leaked: 1 },
  ]);
  expect(story?.why[1]).toContain("or a place over the limit of output 0");
});

test("a property that holds has no story", () => {
  expect(storyOf(...judged("corrected-fix", "neverStuck"))).toBeNull();
});

test("nobody waits at first, and before the last step of the way nothing is closed", () => {
  const [scope, { path }] = judged("v3.0.4", "neverStuck");
  const { moments } = replayRun(scope, path ?? []);
  const graphs = moments.map(({ state }) => waitGraph(new Stepper(scope, state)));
  expect(graphs[0]).toEqual({ groups: [], resources: [], ways: [], holds: [] });
  // From the point of no return on: the fifth action of six.
  expect(graphs.map(hasCycle)).toEqual([false, false, false, false, false, true, true]);
});

test("chunks in the same place are drawn as one", () => {
  const [scope, { path }] = judged("v3.0.4", "neverStuck", [
    "chunks=3",
    "taskMapSize=2",
    "maxChunksUp=1",
  ]);
  const end = replayRun(scope, path ?? []).moments.at(-1);
  const { groups } = waitGraph(new Stepper(scope, end?.state));
  expect(groups.map(({ slots }) => slots.length).sort()).toEqual([1, 2]);
});

/** Whether a picture has all of its boxes inside. */
function isInside({ width, height, shapes }: Picture): boolean {
  return shapes.every(
    (shape) =>
      shape.kind !== "box" ||
      (shape.x >= 0 &&
        shape.y >= 0 &&
        shape.x + shape.width <= width &&
        shape.y + shape.height <= height),
  );
}

test.each(releases.map(({ name }) => name))("%s: every violation can be drawn", (name) => {
  const release = releases.find((one) => one.name === name);
  if (release === undefined) throw new Error("it was just there");
  for (const set of [[], ["outputs=2"]]) {
    const scope = scopeOf(release, parametersOf(release, set));
    for (const property of checkScope(scope).properties.map(pageProperty)) {
      const story = storyOf(scope, property);
      expect(story === null).toBe(property.path === null);
      if (story === null) continue;
      expect(story.headline).not.toContain("violates");
      expect(story.why.length).toBeGreaterThan(0);
      expect(isInside(waitPicture(story.waits))).toBe(true);
      const messages = messagesOf(scope, replayRun(scope, property.path ?? []));
      expect(isInside(messagePicture(messages))).toBe(true);
      expect(messages.bands).toHaveLength(property.path?.length ?? 0);
    }
  }
});

test("each band of the messages says what every machine did in its step", () => {
  const [scope, { path }] = judged("v3.0.4", "neverStuck");
  const { lines, bands } = messagesOf(scope, replayRun(scope, path ?? []));
  const told = bands.map(({ step, moved }) =>
    [
      step,
      ...moved.map(
        ({ line, event, from, to }) => `${lines[line]?.id ?? ""}: ${event} ${from} → ${to}`,
      ),
    ].join(" | "),
  );
  expect(told).toMatchInlineSnapshot(`
    [
      "1 | 0 chunk: create absent → up | 0 delivery 0: route unrouted → routed",
      "2 | 0 task: create vacant → running | 0 delivery 0: flush routed → flushing",
      "3 | output 0: goDown online → offline",
      "4 | 0 chunk: down up → down | 0 delivery 0: retry flushing → retry | output 0: refuse offline → offline",
      "5 | 1 chunk: create absent → up | 1 delivery 0: route unrouted → routed",
      "6 | output 0: comeBack offline → online",
    ]
  `);
});

test("the graph and the messages are Mermaid, and the run is Markdown", () => {
  const [scope, property] = judged("v3.0.4", "neverStuck");
  const run = replayRun(scope, property.path ?? []);
  const story = storyOf(scope, property);
  expect(story === null ? "" : waitMermaid(story.waits)).toMatchInlineSnapshot(`
    "flowchart LR
      g0["chunk 0<br>on disk only<br>has a task<br>waits for its retry"]
      g1["chunk 1<br>in memory<br>waits for a task"]
      r0(["a place in memory<br>1 of 1 taken"])
      r1(["a task<br>1 of 1 taken"])
      g0 -. needs .-> r0
      g1 -. needs .-> r1
      r0 -- held by --> g1
      r1 -- held by --> g0
    "
  `);
  expect(messageMermaid(messagesOf(scope, run)).split("\n").slice(0, 14)).toMatchInlineSnapshot(`
    [
      "sequenceDiagram",
      "  actor input",
      "  actor engine",
      "  actor environment",
      "  participant m0 as chunk 0<br>chunk",
      "  participant m1 as chunk 0<br>task",
      "  participant m2 as chunk 0<br>delivery",
      "  participant m3 as chunk 1<br>chunk",
      "  participant m4 as chunk 1<br>delivery",
      "  participant m5 as output 0",
      "  Note over input: 1 ingest · chunk 0 → output 0",
      "  input->>m0: create (absent → up)",
      "  input->>m2: route (unrouted → routed)",
      "  Note over engine: 2 dispatch · chunk 0",
    ]
  `);
  const text = runMarkdown(scope, run, "Shrunk", story);
  expect(text).toContain("**Fluent Bit 3.0.4 can deadlock after one outage.**");
  expect(text).toContain("6. `outputUp · output 0`: the output comes back");
  expect(text).toContain("```mermaid\nflowchart LR");
});
