import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { decodeLogEvents } from "../../src/engine/core/log-event.ts";
import type { InputContext } from "../../src/engine/inputs/input-plugin.ts";
import { StdinInput } from "../../src/engine/inputs/stdin.ts";
import { TailInput } from "../../src/engine/inputs/tail.ts";
import { silentLog } from "../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../src/engine/platform/memory-file-system.ts";
import { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";

/** What an input is given, and the lines that it hands over. */
function collecting(): { readonly context: InputContext; readonly lines: unknown[] } {
  const lines: unknown[] = [];
  const fileSystem = new MemoryFileSystem();
  fileSystem.makeDirectory("logs");
  const context: InputContext = {
    clock: new VirtualClock(0),
    fileSystem,
    log: silentLog,
    name: "test.0",
    append: (_, data) => {
      lines.push(...decodeLogEvents(data).map(({ body }) => body["log"]));
      return true;
    },
  };
  return { context, lines };
}

/** A stream of these pieces, as standard input is one. */
function bytesFrom(pieces: readonly (string | Uint8Array)[]): Readable {
  return Readable.from(pieces.map((piece) => Buffer.from(piece)));
}

/** What standard input hands over of these pieces. */
async function piped(pieces: readonly (string | Uint8Array)[]): Promise<readonly unknown[]> {
  const { context, lines } = collecting();
  await new Promise<void>((resolve) => {
    new StdinInput(bytesFrom(pieces), "t", resolve).start(context);
  });
  return lines;
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

it("tail cuts a line that is too long between two characters", () => {
  for (const [start, character] of [
    ["", "é"],
    ["a", "é"],
    ["ab", "€"],
    ["a", "🙂"],
  ] as const) {
    const { context, lines } = collecting();
    const text = start + character.repeat(30);
    context.fileSystem.replace("logs/in.log", encoded(`${text}\n`));
    const tail = new TailInput({ find: () => ["logs/in.log"], tag: "t", bufferSize: 16 });
    tail.start(context);
    tail.stop();
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join("")).toBe(text);
  }
});

it("tail goes on after bytes that are no text at all", () => {
  const { context, lines } = collecting();
  const noText = new Uint8Array(64).fill(0x80);
  context.fileSystem.replace("logs/in.log", new Uint8Array([...noText, ...encoded("\nnext\n")]));
  const tail = new TailInput({ find: () => ["logs/in.log"], tag: "t", bufferSize: 16 });
  tail.start(context);
  tail.stop();
  expect(lines.at(-1)).toBe("next");
});

it("both inputs take lines that end as on Windows, wherever the text is cut", async () => {
  const tailed = collecting();
  tailed.context.fileSystem.replace("logs/in.log", encoded("one\r\ntwo\r\n\r\nthree\r\n"));
  const tail = new TailInput({ find: () => ["logs/in.log"], tag: "t" });
  tail.start(tailed.context);
  tail.stop();
  expect(tailed.lines).toEqual(["one", "two", "three"]);

  expect(await piped(["one\r\ntwo\r", "\n\r\nthr", "ee\r\n"])).toEqual(tailed.lines);
});

it("both inputs make U+FFFD of bytes that are no UTF-8, and keep every other one, a byte order mark, too", async () => {
  const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff, 0xc3, 0x28, 0xe2, 0x82, 0xac, 0x0a]);
  const says = ["\uFEFFa\uFFFD\uFFFD(€"];
  const { context, lines } = collecting();
  context.fileSystem.replace("logs/in.log", bytes);
  const tail = new TailInput({ find: () => ["logs/in.log"], tag: "t" });
  tail.start(context);
  tail.stop();
  expect(lines).toEqual(says);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    expect(await piped([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(says);
  }
});

it("standard input cuts a line of more than 1 MiB between two characters", async () => {
  const piece = "é".repeat(32_768);
  const lines = await piped([...Array.from({ length: 100 }, () => piece), "\nnext\n"]);
  expect(lines.at(-1)).toBe("next");
  expect(lines).toHaveLength(8);
  expect(lines.slice(0, -1).join("")).toBe(piece.repeat(100));
  expect(lines.every((line) => String(line).length <= 1_048_576)).toBe(true);
});
