import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { fields, list, parse, part } from "./json-value.ts";
import { expectRefuted } from "./proof-tables.ts";
import { until } from "./until.ts";

const root = resolve(import.meta.dirname, "../..");
const leftOut = new Set([".git", "coverage", "dist", "node_modules", "test"]);

const releases = (await loadReleases()).map(({ name }) => name);

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
  let size = 0;
  let unpackedSize = 0;

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
    // Packing runs `prepack`, which builds.
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
    size = Number(part(said, 0, "size"));
    unpackedSize = Number(part(said, 0, "unpackedSize"));
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

  it("proves on threads where it was installed, as it does here", () => {
    const bin = join(elsewhere, "node_modules", ".bin", "unstuck");
    const words = ["prove", "--outputs", "1", "--markdown", "--time-limit", "600"];
    const { status, stdout, stderr } = spawnSync(bin, words, { encoding: "utf8" });
    expect([status, stderr]).toEqual([1, ""]);
    expectRefuted(stdout, "1 output");
    expect(stdout).toContain(
      "- neverStuck, recovery: v3.0.1, v3.0.4, v5.1; N >= T + X: `outputDown (ingest dispatch flushRetry)^T ingest^X outputUp`",
    );
    expect(stdout).toContain("| neverStuck | iff (a) | iff (a) | iff (a) | iff (a) | proved |");
  });

  it("ends a proof by Ctrl-C in one sentence", { timeout: 120_000 }, async () => {
    const bin = join(elsewhere, "node_modules", ".bin", "unstuck");
    const file = join(folder, "interrupted.json");
    const child = spawn(bin, ["prove", "--certificate", file], { stdio: "pipe" });
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    const ended = once(child, "close");
    // The file is opened right before the threads are started.
    await until("the certificate is begun", () => existsSync(file));
    await setTimeout(1000);
    child.kill("SIGINT");
    await ended;
    expect(err).toMatch(/^unstuck: interrupted after \d+ of \d+ systems\n$/);
    expect(child.exitCode).toBe(130);
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
    expect(packed).toContain("templates/system/system.js");
    expect(packed).toContain("dist/models/releases/park.js");
    expect(packed.filter((path) => /^(src|models|test|node_modules)\//.test(path))).toEqual([]);
    expect(packed.filter((path) => /\.test\.|\.tgz$/.test(path))).toEqual([]);
  });

  it("is small, and has the notices of what it bundles", () => {
    expect(packed).toContain("THIRD-PARTY-NOTICES.md");
    expect(packed.filter((path) => path.endsWith(".png"))).toEqual([]);
    expect(size).toBeLessThan(1_200_000);
    expect(unpackedSize).toBeLessThan(4_500_000);
  });

  it("runs nothing when it is installed", () => {
    const description = parse(
      readFileSync(join(elsewhere, "node_modules/unstuck/package.json"), "utf8"),
    );
    const scripts = [...fields(part(description, "scripts")).keys()];
    const atInstallation = /^(pre|post)?(install|prepare)$|^prepublish$/;
    expect(scripts.filter((script) => atInstallation.test(script))).toEqual([]);
  });

  it("says in one sentence that it may open too few files", () => {
    const bin = join(elsewhere, "node_modules", ".bin", "unstuck");
    const sentence =
      "unstuck: this process may open too few files at once (ulimit -n); 256 are enough\nexit 2\n";
    const under = (limit: number): string =>
      runIn(
        elsewhere,
        ...["sh", "-c", 'ulimit -n "$1"; "$0" chart --mermaid 2>&1; echo "exit $?"'],
        ...[bin, String(limit)],
      );
    const enough = under(256);
    expect(enough).toMatch(/exit 0\n$/u);
    expect(under(20)).toBe(sentence);
    // In between, wherever the last file is that can be opened.
    for (const limit of [24, 32, 40, 44, 46, 48, 52, 56]) {
      expect([sentence, enough]).toContain(under(limit));
    }
  });

  it("is a library, for plain ESM and for strict TypeScript", () => {
    const text = readFileSync("test/library/programs/explore.js", "utf8");
    writeFileSync(join(elsewhere, "explore.mjs"), text);
    expect(runIn(elsewhere, process.execPath, "explore.mjs")).toMatch(
      /^neverStuck: violated ingest /mu,
    );
    const typed = join(elsewhere, "typed.mts");
    writeFileSync(
      typed,
      [
        'import { checkScope, loadReleases, scopeOf, defaultParameters, type Release } from "unstuck";',
        'import { EngineSubject, smallScopes } from "unstuck/conform";',
        'import { LiveSystem } from "unstuck/inspect";',
        "const release: Release | undefined = (await loadReleases())[0];",
        "if (release === undefined) throw new Error();",
        "const holds: boolean = checkScope(scopeOf(release, defaultParameters)).complete;",
        "console.log(holds, new EngineSubject(), smallScopes.length, LiveSystem);",
      ].join("\n"),
    );
    const strict = ["--strict", "--exactOptionalPropertyTypes", "--noEmit", "--types", "node"];
    const roots = ["--typeRoots", join(root, "node_modules/@types")];
    const node = ["--module", "nodenext", "--target", "es2023", "--skipLibCheck"];
    expect(
      runIn(elsewhere, join(root, "node_modules/.bin/tsc"), ...strict, ...roots, ...node, typed),
    ).toBe("");
  });

  it("takes a model file that imports it", () => {
    const bin = join(elsewhere, "node_modules", ".bin", "unstuck");
    cpSync("test/fixtures/model/spare-place.js", join(elsewhere, "spare-place.mjs"));
    const { status, stdout } = spawnSync(bin, ["check", "--model", "spare-place.mjs"], {
      cwd: elsewhere,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    expect([status, /^ {2}neverStuck +holds/mu.test(stdout)]).toEqual([1, true]);
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
