import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { timeAxis } from "../../src/report/simulation/simulation-axis.ts";
import { run } from "./recording-terminal.ts";

async function picture(...words: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-picture-"));
  const file = join(folder, "story.svg");
  const { code } = await run(["simulate", "--svg", file, ...words]);
  const svg = readFileSync(file, "utf8");
  rmSync(folder, { recursive: true });
  expect(code).toBeLessThan(2);
  return svg;
}

const small = [
  ...["--tasks", "8", "--max-chunks-up", "8", "--tags", "12", "--flush", "0.5"],
  ...["--scheduler-base", "1", "--scheduler-cap", "2"],
];

interface Label {
  readonly words: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Every text of the first panel, as a box that is about as large as it is drawn. */
function labelsOf(svg: string): readonly Label[] {
  const panel = svg.split("<g ")[1] ?? "";
  return [...panel.matchAll(/<text(?<attributes>[^>]*)>(?<words>[^<]*)<\/text>/gu)].map(
    ({ groups = {} }) => {
      const attribute = (name: string, otherwise: string): string =>
        new RegExp(` ${name}="([^"]*)"`, "u").exec(groups["attributes"] ?? "")?.[1] ?? otherwise;
      const size = Number(attribute("font-size", "12"));
      const words = groups["words"] ?? "";
      const width = 0.55 * size * words.length;
      const x = Number(attribute("x", ""));
      const y = Number(attribute("y", ""));
      const anchor = attribute("text-anchor", "start");
      const left = anchor === "end" ? x - width : anchor === "middle" ? x - width / 2 : x;
      return { words, left, right: left + width, top: y - 0.8 * size, bottom: y };
    },
  );
}

function overlaps(one: Label, other: Label): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}

describe("the picture", () => {
  it.each([
    ["the usual story", "healthy 10s, outage 30s, healthy 1m"],
    ["many phases", "healthy 5s, outage 5s, restart 5s, outage(b) 5m, healthy 5s, drain 5s"],
    ["short phases in a long story", "healthy 1s, outage 1s, healthy 1h, drain 1s"],
  ])("has no texts that overlap or leave it: %s", async (_name, phases) => {
    const svg = await picture(...small, "--outputs", "2", "--release", "v5.1", "--phases", phases);
    const labels = labelsOf(svg);
    const width = Number(/ width="(?<width>\d+)"/u.exec(svg)?.groups?.["width"]);
    expect(labels.length).toBeGreaterThan(20);
    for (const [index, label] of labels.entries()) {
      expect(label.left, label.words).toBeGreaterThanOrEqual(-8);
      expect(label.right, label.words).toBeLessThanOrEqual(width);
      const others = labels.slice(index + 1).filter((other) => overlaps(label, other));
      expect(others, label.words).toEqual([]);
    }
  });

  it("is well-formed: tags are closed, and what users write is escaped", async () => {
    const svg = await picture(...small, "--phases", "healthy 10s, outage 30s, healthy 1m");
    const open: string[] = [];
    for (const { groups = {} } of svg.matchAll(/<(?<slash>\/?)(?<name>\w+)[^>]*?(?<self>\/?)>/gu)) {
      if (groups["self"] === "/") continue;
      if (groups["slash"] === "") open.push(groups["name"] ?? "");
      else expect(open.pop()).toBe(groups["name"]);
    }
    expect(open).toEqual([]);
    expect(["NaN", "undefined", "Infinity"].filter((bad) => svg.includes(bad))).toEqual([]);
  });

  it("marks where the engine got stuck, and only then", async () => {
    const phases = ["--phases", "healthy 10s, outage 30s, healthy 1m"];
    const stuck = await picture(...small, ...phases, "--release", "v3.0.4");
    expect(labelsOf(stuck).map(({ words }) => words)).toContain("stuck since 12s");
    const fixed = await picture(...small, ...phases, "--release", "hardened-fix");
    expect(labelsOf(fixed).filter(({ words }) => words.includes("stuck"))).toEqual([]);
  });
});

describe("the time axis", () => {
  const phase = (seconds: number) => ({ name: "p", seconds, down: [], feeding: true });

  it("gives every phase its least room, and the rest by duration", () => {
    const axis = timeAxis([phase(60), phase(7200), phase(3600)], 64, 8, true);
    expect(axis.phases.map(({ start, end }) => end - start)).toEqual([8, 37, 19]);
    expect(axis.phases.at(-1)?.end).toBe(64);
    expect(axis.place(0)).toBe(0);
    expect(axis.place(60)).toBe(8);
    expect(axis.place(10_860)).toBe(64);
    expect(axis.time(4)).toBe(30);
    for (const seconds of [1, 59, 61, 5000, 7260, 9999]) {
      expect(axis.time(axis.place(seconds))).toBeCloseTo(seconds, 6);
    }
  });

  it("has room for more phases than columns", () => {
    const axis = timeAxis(
      Array.from({ length: 100 }, () => phase(5)),
      64,
      8,
      true,
    );
    expect(axis.phases.at(-1)?.end).toBe(64);
    expect(axis.phases.every(({ start, end }) => end >= start)).toBe(true);
  });
});
