import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readTrace } from "../../src/trace/read-trace.ts";
import { TraceError } from "../../src/trace/trace-error.ts";
import { validateTrace } from "../../src/trace/validate-trace.ts";
import { recordingNamed, releaseFor, traceOf, traceText } from "./recordings.ts";
import { linesOf, traceFrom } from "./trace-text.ts";

const recording = recordingNamed("v304_tworoutes_map64_up8");
const release = releaseFor(recording);
const text = traceText(recording);

function read(content: string): ReturnType<typeof readTrace> {
  return readTrace("run/trace.ndjson", new TextEncoder().encode(content));
}

describe("a trace that is cut off", () => {
  it("in the middle of its last line is read up to there, and the line is told", () => {
    const lines = linesOf(recording).slice(0, 1001);
    const cut = read(`${lines.slice(0, 1000).join("\n")}\n${lines.at(-1)?.slice(0, 40) ?? ""}`);
    expect(cut.events).toHaveLength(1000);
    expect(cut.cutAt).toBe(1001);
    const validation = validateTrace(cut, release, recording.settings);
    expect(validation.differences).toEqual([]);
    expect(validation.breaksOffAt).toBe(1001);
  });

  it("in the middle of its gzip stream is read up to there, and the line is told", () => {
    const whole = gzipSync(text);
    const cut = readTrace("trace.ndjson.gz", whole.subarray(0, whole.length / 2));
    expect(cut.cutAt).not.toBeNull();
    expect(cut.events.length).toBeGreaterThan(500);
    expect(cut.cutAt).toBe(cut.events.length + 1);
    expect(cut.events).toEqual(traceOf(recording).events.slice(0, cut.events.length));
    const validation = validateTrace(cut, release, recording.settings);
    expect(validation.differences).toEqual([]);
    expect(validation.breaksOffAt).toBe(cut.cutAt);
  });

  it("between any two events is no difference, and in the middle of a step it is told", () => {
    const lines = linesOf(recording);
    const from = 415;
    const brokenOff: number[] = [];
    for (let end = from; end < from + 40; end++) {
      const validation = validateTrace(traceFrom(lines.slice(0, end)), release, recording.settings);
      expect(validation.differences).toEqual([]);
      if (validation.breaksOffAt !== null) brokenOff.push(validation.breaksOffAt);
    }
    // These lines are the first failed flushes, each before its retry is made.
    expect(brokenOff).toEqual([421, 423, 425, 427]);
  });

  it("whole traces are not cut, with or without gzip", () => {
    expect(traceOf(recording).cutAt).toBeNull();
    expect(read(text).cutAt).toBeNull();
    expect(read(text.trimEnd()).cutAt).toBeNull();
    expect(read(text).events).toEqual(traceOf(recording).events);
    expect(read("")).toEqual({ file: "run/trace.ndjson", events: [], cutAt: null });
  });
});

describe("a file that is no trace", () => {
  const event = { t: 1.5, up: 1, total: 0, e: "open_up", chunk: "1-1.1.flb" };
  const bad: readonly (readonly [string, string, string])[] = [
    ["no JSON", "{nonsense", "the line is not JSON"],
    ["no object", "[1, 2]", "expected one JSON object a line"],
    ["null", "null", "expected one JSON object a line"],
    ["no kind", JSON.stringify({ ...event, e: 3 }), 'expected the kind of the event in "e"'],
    ["unknown kind", JSON.stringify({ ...event, e: "opens" }), 'no event is called "opens"'],
    [
      "a name of objects",
      JSON.stringify({ ...event, e: "toString" }),
      'no event is called "toString"',
    ],
    ["no up", JSON.stringify({ ...event, up: undefined }), 'expected a number in "up"'],
    ["up is text", JSON.stringify({ ...event, up: "1" }), 'expected a number in "up"'],
    [
      "no chunk",
      JSON.stringify({ ...event, chunk: undefined }),
      'expected the name of the chunk in "chunk"',
    ],
    ["no task", JSON.stringify({ ...event, e: "task_create" }), 'expected a number in "task"'],
  ];

  it.each(bad)("%s", (_, line, sentence) => {
    const content = `${JSON.stringify(event)}\n${line}\n${JSON.stringify(event)}\n`;
    expect(() => read(content)).toThrow(new TraceError("run/trace.ndjson", 2, sentence));
    expect(() => read(content)).toThrow(`run/trace.ndjson:2: ${sentence}`);
  });

  it("a damaged gzip stream", () => {
    const damaged = gzipSync(text).fill(0xff, 20, 4000);
    expect(() => readTrace("trace.ndjson.gz", damaged)).toThrow(
      "trace.ndjson.gz: the gzip stream is damaged",
    );
  });
});
