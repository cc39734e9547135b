import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { release as park } from "../../models/releases/park.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { EverySizeScope } from "../../src/compile/every-size.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import { defaultParameters } from "../../models/parameters.ts";
import { findRelease } from "../../src/engine/releases/catalogue.ts";
import { longOutage, longOutageFigures } from "../../src/engine/simulation/long-outage.ts";
import { realLimits } from "../../src/engine/simulation/scenario.ts";
import { simulate } from "../../src/engine/simulation/simulate.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import { proveSystem } from "../../src/prove/prove.ts";
import { comparisonHtml } from "../../src/report/comparison/comparison-html.ts";
import { comparisonJson } from "../../src/report/comparison/comparison-json.ts";
import { comparisonText } from "../../src/report/comparison/comparison-text.ts";
import type { ComparedRelease, Comparison } from "../../src/report/comparison/comparison.ts";
import { style } from "../../src/report/style.ts";
import { fields, list, part } from "../cli/json-value.ts";
import { useBrowser } from "../inspect/browser.ts";

/** A release with real verdicts, a short outage at small limits, and invented throughput. */
function compared(release: typeof park, wasted: number | null): ComparedRelease {
  const engine = findRelease(release.name);
  if (engine === undefined) throw new Error(`no release ${release.name}`);
  const story = longOutage(engine, false, 1);
  const scenario = {
    ...story,
    limits: { ...realLimits, taskMapSize: 8, maxChunksUp: 8, schedulerBase: 1, schedulerCap: 2 },
    tags: 12,
    sampleEvery: 1,
    phases: story.phases.map((phase) => ({ ...phase, seconds: phase.seconds / 120 })),
  };
  const result = simulate(scenario);
  const figures = longOutageFigures(result);
  const delay = wasted === null ? null : { median: 20.6, p95: 41.55, longest: 1234.5 };
  const besideDead = {
    recordsPerSecond: wasted === null ? 0 : 68.46,
    deliveriesPerSecond: wasted === null ? 0 : 1.634,
    delay,
    attemptsPerSecond: 127.3,
    wastedPerDelivery: wasted,
    loadsPerDelivery: wasted,
    filesLeft: 4166,
  };
  const parameters = { ...defaultParameters, ...release.defaults };
  return {
    release,
    runs: [
      {
        scope: { letter: "a" },
        release,
        result: checkScope(scopeOf(release, parameters)),
        elapsedMs: 0,
      },
    ],
    proofs: [],
    memory: { bound: "X", mostAbove: 0, repeated: [1, null], sentTwice: null },
    throughput: { both: besideDead, "healthy only": besideDead },
    outage: { drain: figures, inputGoesOn: figures, run: { scenario, result } },
  };
}

const comparison: Comparison = {
  releases: [compared(v304, null), compared(park, 77.95)],
  scopes: [{ letter: "a", title: "one output", words: "small & <simple>" }],
  shapes: [],
  crashScopes: ["T=1 X=1 M=2", "T=2 X=2 M=2"],
};

const folder = mkdtempSync(join(tmpdir(), "unstuck-comparison-"));
const open = useBrowser();

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("a comparison", () => {
  it("is a table whose columns stay the same from part to part", () => {
    const text = comparisonText(comparison, style(false));
    const headings = text.split("\n").filter((line) => /^ +v3\.0\.4 +park$/.test(line));
    expect(headings).toHaveLength(5);
    expect(new Set(headings).size).toBe(1);
    expect(text).toMatch(/^wasted attempts per delivery +– +78$/m);
    expect(text).toMatch(/^delay, longest +– +1,230s$/m);
    expect(text).toMatch(/^twice: T=2 X=2 M=2 +\? +\?$/m);
    expect(text).toMatch(/^twice at the real limits +– +–$/m);
    expect(text).toMatch(/^no new input: all arrived after +over 1h +\d+s$/m);
    expect(text).not.toContain("Every number of chunks");
  });

  it("says of what is not decided for every size that it is not", async () => {
    const proof = await proveSystem(EverySizeScope.of(v304, defaultParameters), {
      solver: {
        solve: () => Promise.resolve({ answer: "unknown", reason: "it does not try" }),
        questions: () => 0,
        close: () => Promise.resolve(),
      },
      search: null,
      now: () => 0,
      timeLimit: 1,
      only: ["recovery"],
    });
    const releases = comparison.releases.map((one) =>
      one.release === v304 ? { ...one, proofs: [{ letter: "A", proof }] } : one,
    );
    const text = comparisonText({ ...comparison, releases }, style(false));
    expect(text).toMatch(/^recovery +\? +–$/m);
  });

  it("has JSON whose every field is documented", () => {
    const docs = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
    const [, release] = list(comparisonJson(comparison), "releases");
    const paths = [
      [],
      ["memory"],
      ["throughput"],
      ["throughput", "both"],
      ["throughput", "both", "delay"],
      ["outage"],
      ["outage", "drain"],
      ["outage", "drain", "backlog"],
    ];
    const names = paths.flatMap((path) => [...fields(part(release, ...path)).keys()]);
    expect(names.length).toBeGreaterThan(30);
    expect(
      names.filter((name) => !docs.includes(`\`${name}\``) && !docs.includes(`.${name}\``)),
    ).toEqual([]);
    expect(part(release, "sizes")).toBeNull();
  });

  it("draws what is compared at one scale, and says which way is better", () => {
    const [first, second] = comparison.releases;
    if (first === undefined || second?.outage === undefined || second.outage === null) {
      throw new Error("two releases are compared");
    }
    const besideDead = second.throughput?.both;
    if (besideDead === undefined) throw new Error("there is a throughput");
    const slow = { ...besideDead, recordsPerSecond: besideDead.recordsPerSecond / 4 };
    const { outage } = second;
    const { run } = outage;
    const few = run.result.samples.map((sample) => ({ ...sample, up: 0, down: 30 }));
    const many = run.result.samples.map((sample) => ({ ...sample, up: 0, down: 120 }));
    const withSamples = (samples: typeof few) => ({
      ...outage,
      run: { ...run, result: { ...run.result, samples } },
    });
    const page = comparisonHtml({
      ...comparison,
      releases: [
        {
          ...first,
          outage: withSamples(many),
          throughput: { both: besideDead, "healthy only": slow },
        },
        { ...second, outage: withSamples(few), throughput: { both: slow, "healthy only": slow } },
      ],
    });
    const heights = [...page.matchAll(/class="line" points="([^"]*)"/g)].map(([, points = ""]) =>
      Math.min(...points.split(" ").map((point) => Number(point.split(",")[1]))),
    );
    // From 22, the top of a plot, to 102, its ground.
    expect(heights).toEqual([22, 82]);
    expect(page).toContain("most 120");
    expect(page).toContain("most 30");
    const lengths = [...page.matchAll(/class="bar" [^>]*width="([\d.]+)"/g)].map(([, one]) =>
      Number(one),
    );
    const [longest = 0, ...others] = lengths;
    expect(others).toEqual([longest / 4, longest / 4, longest / 4]);
    expect(page.match(/\(higher is better\)<\/figcaption>/g)).toHaveLength(2);
    expect(page.match(/\(lower is better\)<\/figcaption>/g)).toHaveLength(2);
    expect(page.match(/class="bar cost"/g)).toHaveLength(4);
    expect(page.match(/class="bar"/g)).toHaveLength(4);
  });

  it("is a page that needs nothing but itself, and fits on a telephone", async () => {
    const file = join(folder, "page.html");
    writeFileSync(file, comparisonHtml(comparison));
    for (const width of [1280, 390]) {
      const { page, complaints, strangers } = await open(width);
      await page.goto(pathToFileURL(file).href);
      expect(await page.locator("svg").count()).toBe(6);
      expect(await page.locator("td.no").count()).toBe(3);
      expect(await page.locator(".stuck").count()).toBe(1);
      expect(await page.getByText("small & <simple>").count()).toBe(1);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      // The policy allows the style sheet: its hash is right.
      expect(await page.evaluate("getComputedStyle(document.querySelector('svg')).display")).toBe(
        "block",
      );
      expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] });
      await page.close();
    }
  });
});
