import { describe, expect, it } from "vitest";
import { randomUniform, seededRandom } from "../../../src/engine/platform/random.ts";
import { attacked } from "../../attack/attacked.ts";
import { FollowedWorld } from "./followed-world.ts";

const log = "/logs/app.log";
const seeds = Number(process.env["SEEDS"] ?? 20);
const begin = Number(process.env["FIRST"] ?? 0);
const only = process.env["SEED"];

/** Renames every generation one up, as logrotate does, and makes a new file. */
function rotate({ files }: FollowedWorld): void {
  const generations = files.list("/logs").filter(({ name }) => /^app\.log\.\d+$/.test(name));
  const numbers = generations.map(({ name }) => Number(name.slice("app.log.".length)));
  for (const number of numbers.sort((a, b) => b - a)) {
    files.rename(`${log}.${number}`, `${log}.${number + 1}`);
  }
  files.rename(log, `${log}.1`);
  files.append(log, new Uint8Array(0));
}

/** Writes, rotates, kills and refuses as the seed says, and answers what is missing and what came in the wrong order. */
function rotateUnderLoad(seed: number, pattern: string): { missing: number[]; twice: number } {
  const random = seededRandom(seed);
  const world = new FollowedWorld();
  let written = 0;
  world.write(log, "");
  world.start(pattern);
  for (let step = 0; step < 120; step += 1) {
    const what = random.next();
    if (what < 0.5) {
      const lines = Array.from({ length: randomUniform(random, 1, 9) }, () => `line ${written++}`);
      world.write(log, `${lines.join("\n")}\n`);
    } else if (what < 0.7) rotate(world);
    else if (what < 0.8 && world.runs) world.kill();
    else if (!world.runs) world.start(pattern);
    else if (what < 0.9) world.refuses = !world.refuses;
    if (world.runs) world.pass(randomUniform(random, 0, 400));
  }
  world.refuses = false;
  if (!world.runs) world.start(pattern);
  world.pass(20_000);
  const lines = new Set(world.taken);
  const missing = Array.from({ length: written }, (_, line) => line).filter(
    (line) => !lines.has(`line ${line}`),
  );
  return { missing, twice: world.taken.length - lines.size };
}

describe("rotation in a loop, with kills in between", () => {
  it.each([log, `${log}*`])("loses nothing and repeats nothing: %s", (pattern) => {
    const chosen =
      only === undefined
        ? Array.from({ length: seeds }, (_, seed) => begin + seed)
        : [Number(only)];
    for (const seed of chosen) {
      const result = rotateUnderLoad(seed, pattern);
      const again = `SEED=${seed} npx vitest run test/engine/tail`;
      expect({ again, ...result }).toEqual({ again, missing: [], twice: 0 });
    }
    attacked(
      "runs of 120 writes, rotations, kills and refusals under a followed log",
      chosen.length,
    );
  });
});

describe("a file that is followed", () => {
  it("is read to its end after it was renamed, before the file that got its name", () => {
    const world = new FollowedWorld();
    world.write(log, "one\n");
    world.start(log);
    world.refuses = true;
    world.write(log, "two\nthree");
    rotate(world);
    world.write(log, "new one\n");
    world.pass(1000);
    world.refuses = false;
    world.pass(1000);
    expect(world.taken).toEqual(["one", "two", "new one"]);
    world.write(`${log}.1`, " and a half\nfour");
    world.pass(10_000);
    expect(world.taken.slice(3)).toEqual(["three and a half", "four"]);
    world.write(`${log}.1`, "\nnobody reads this\n");
    world.pass(10_000);
    expect(world.taken).toHaveLength(5);
  });

  it("is noticed when another one has its name, also a longer one", () => {
    const world = new FollowedWorld();
    world.write(log, "one\ntwo\n");
    world.start(log);
    world.pass(300);
    world.files.remove(log);
    world.write(log, "another one\nanother two\nanother three\n");
    world.pass(300);
    expect(world.taken).toEqual(["one", "two", "another one", "another two", "another three"]);
  });

  it.each([
    ["cut", "x\n", "was cut after it had been read up to byte 8"],
    ["rewritten", "something longer\n", "was rewritten after it had been read up to byte 8"],
  ])("is read from its start when it was %s in its place, and it is said so", (_, text, says) => {
    const world = new FollowedWorld();
    world.write(log, "one\ntwo\n");
    world.start(log);
    world.pass(300);
    const file = world.files.open(log);
    file.resize(0);
    world.write(log, text);
    world.pass(300);
    expect(world.taken.at(-1)).toBe(text.trim());
    expect(world.said.join("\n")).toContain(`${log} ${says}`);
  });

  it("is told to be gone when nobody kept it while the process was down", () => {
    const world = new FollowedWorld();
    world.write(log, "one\n");
    world.start(log);
    world.kill();
    world.write(log, "lost\n");
    world.files.remove(log);
    world.write(log, "two\n");
    world.start(log);
    expect(world.taken).toEqual(["one", "two"]);
    expect(world.said.join("\n")).toContain(
      "[ warn] [input:tail:tail.0] /logs/app.log: the file that was read up to byte 4 is gone",
    );
  });

  it("is no copy that somebody made of it, and no file of before the first start", () => {
    const world = new FollowedWorld();
    world.write(`${log}.1`, "old\n");
    world.write(log, "one\ntwo\n");
    world.start(log);
    world.pass(300);
    world.write(`${log}.bak`, "one\ntwo\n");
    world.files.rename(log, `${log}.2`);
    world.write(log, "three\n");
    world.pass(10_000);
    expect(world.taken).toEqual(["one", "two", "three"]);
  });

  it("goes on from a db of former versions, and from the start when the db is none", () => {
    const world = new FollowedWorld();
    world.write(log, "one\ntwo\n");
    world.write("/logs/.db", "4");
    world.start(log);
    expect(world.taken).toEqual(["two"]);
    world.kill();
    world.files.replace("/logs/.db", new TextEncoder().encode('{"tail":1,"files":[{}]}'));
    world.start(log);
    expect(world.taken).toEqual(["two", "one", "two"]);
    expect(world.said.at(-1)).toContain("/logs/.db holds no offsets: every file is read from its");
  });

  it("is one of several", () => {
    const world = new FollowedWorld();
    world.write("/logs/a.log", "a\n");
    world.start("/logs/a.log", "/logs/b*", "/logs/a*");
    world.write("/logs/b.log", "b\n");
    world.write("/logs/b2.log", "b2\n");
    world.pass(300);
    expect(world.taken).toEqual(["a", "b", "b2"]);
    world.kill();
    world.write("/logs/a.log", "a2\n");
    world.start("/logs/a.log", "/logs/b*");
    expect(world.taken).toEqual(["a", "b", "b2", "a2"]);
  });
});

describe("a db that cannot be written", () => {
  it("is told once, and does not keep lines back", () => {
    const world = new FollowedWorld();
    const replace = world.files.replace.bind(world.files);
    world.files.replace = () => {
      throw new Error("ENOSPC: no space left on device");
    };
    world.write(log, "one\n");
    world.start(log);
    for (let line = 0; line < 5; line += 1) {
      world.write(log, `line ${line}\n`);
      world.pass(300);
    }
    expect(world.taken).toHaveLength(6);
    const told = () =>
      world.said.filter((line) => line.includes("cannot keep offsets in /logs/.db: ENOSPC"));
    expect(told()).toHaveLength(1);
    world.files.replace = replace;
    world.pass(300);
    world.kill();
    world.start(log);
    expect(world.taken).toHaveLength(6);
  });
});
