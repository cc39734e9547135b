import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { list, parse, part } from "./json-value.ts";

const root = resolve(import.meta.dirname, "../..");
const leftOut = new Set([".git", "coverage", "dist", "node_modules", "test"]);

const releases = [
  "v3.0.1",
  "v3.0.4",
  "v5.1",
  "published-fix",
  "corrected-fix",
  "hardened-fix",
  "evict-idle",
  "park",
];

function runIn(folder: string, program: string, ...words: readonly string[]): string {
  return execFileSync(program, words, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function releasesIn(json: string): readonly unknown[] {
  return [...new Set(list(parse(json), "runs").map((run) => part(run, "release")))];
}

describe("the package", () => {
  let folder = "";
  let clone = "";
  let elsewhere = "";
  let packed: readonly string[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "unstuck-package-"));
    clone = join(folder, "clone");
    elsewhere = join(folder, "elsewhere");
    // A clone as it is after `npm ci`; in this one nobody else builds at the same time.
    cpSync(root, clone, {
      recursive: true,
      filter: (from) => !leftOut.has(relative(root, from)),
    });
    symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
    // Packing runs `prepare`, as `npm ci` does.
    const said = parse(
      runIn(
        clone,
        "npm",
        "pack",
        "--json",
        "--foreground-scripts=false",
        "--pack-destination",
        folder,
      ),
    );
    packed = list(said, 0, "files").map((file) => String(part(file, "path")));

    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, "package.json"), '{ "private": true }\n');
    const tarball = join(folder, basename(String(part(said, 0, "filename"))));
    const quietly = ["--no-audit", "--no-fund", "--prefer-offline", "--omit=dev"];
    runIn(elsewhere, "npm", "install", ...quietly, tarball);
  }, 300_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("works where it was installed, with every release", () => {
    const bin = join(elsewhere, "node_modules", ".bin", "unstuck");
    expect(releasesIn(runIn(elsewhere, bin, "check", "--json"))).toEqual(releases);
  });

  it("works by npx in the clone", { timeout: 240_000 }, () => {
    expect(releasesIn(runIn(clone, "npx", "--no-install", "unstuck", "check", "--json"))).toEqual(
      releases,
    );
    expect(runIn(clone, "npx", "--no-install", "unstuck", "--version")).toBe("0.1.0\n");
  });

  it("works as npm start in the clone, and ends well", { timeout: 120_000 }, () => {
    expect(runIn(clone, "npm", "start", "--silent")).toContain("are the pinned ones");
  });

  it("knows its own version where it was installed", () => {
    const bin = join(elsewhere, "node_modules", ".bin", "unstuck");
    expect(runIn(elsewhere, bin, "--version")).toBe("0.1.0\n");
  });

  it("has what is needed to run it, and no more", () => {
    expect(packed).toContain("package.json");
    expect(packed).toContain("LICENSE");
    expect(packed).toContain("dist/src/cli/main.js");
    expect(packed).toContain("dist/models/releases/park.js");
    expect(packed.filter((path) => /^(src|models|test|node_modules)\//.test(path))).toEqual([]);
    expect(packed.filter((path) => /\.test\.|\.tgz$/.test(path))).toEqual([]);
  });

  it("brings no development tools along", () => {
    const installed = readdirSync(join(elsewhere, "node_modules"));
    for (const tool of ["vitest", "eslint", "typescript", "prettier"]) {
      expect(installed).not.toContain(tool);
    }
  });

  it("ends quietly when its reader closes the pipe", () => {
    const bin = join(elsewhere, "node_modules", ".bin", "unstuck");
    const script =
      '{ "$0" check --json 2>errors; echo "exit $?" >>errors; } | head -c 1; cat errors';
    expect(runIn(elsewhere, "sh", "-c", script, bin)).toBe("{exit 0\n");
  });
});
