import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultParameters } from "../../models/parameters.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { scopeOf } from "../../src/compile/scope.ts";
import { packScope } from "../../src/inspect/packed-scope.ts";
import { addressOf, readAddress } from "../../src/inspect/page-address.ts";
import type { PageProperty } from "../../src/inspect/page-data.ts";
import { seed } from "../explore/seed.ts";

const releases = await loadReleases();

const path = (name: string, verdict: PageProperty["verdict"], vacuous = false): PageProperty => ({
  name,
  meaning: name,
  verdict,
  vacuous,
  path: verdict === "violated" ? ["ingest.c0.m0"] : null,
  hasLength: true,
  lasso: null,
  pointOfNoReturn: null,
});

const addressed = ["v3.0.4", "corrected-fix"].flatMap((name) =>
  ["one output", "any routes, crashes", "chunks 2, task map 1, no releaseOnClose"].map((scope) => {
    const release = releases.find((one) => one.name === name);
    if (release === undefined) throw new Error(`no ${name}`);
    const neverStuck = path("neverStuck", name === "v3.0.4" ? "violated" : "holds");
    const properties = [
      ...[neverStuck, path("noStarvation", "violated"), path("isolation", "holds", true)],
      path("noLoss", "unknown"),
    ];
    return {
      scope: packScope(scopeOf(release, { ...defaultParameters, ...release.defaults })),
      name: scope,
      judged: { coverage: "", complete: true, states: 18, properties },
    };
  }),
);
const opening = { scope: 0, property: "neverStuck", step: 0, left: null };

test("an address names everything, and leads back to where it came from", () => {
  const ways = { at: 0, keys: ["ingest.c0.m0_1", "dispatch.c0"] };
  const places = [
    [
      { ...opening, scope: 3, property: "noStarvation" },
      "#corrected-fix/one-output/noStarvation/0",
    ],
    [{ ...opening, scope: 1, step: 5 }, "#v3.0.4/any-routes-crashes/neverStuck/5"],
    [
      { scope: 2, property: "", step: 2, left: ways },
      "#v3.0.4/chunks-2-task-map-1-no-releaseonclose/by-hand/2/0:ingest.c0.m0_1,dispatch.c0",
    ],
  ] as const;
  for (const [place, address] of places) {
    expect(addressOf(place, addressed)).toBe(address);
    expect(readAddress(address, addressed, opening)).toEqual({ place, trouble: "" });
  }
  expect(readAddress("", addressed, opening)).toEqual({ place: opening, trouble: "" });
  expect(readAddress("#4", addressed, opening).place).toEqual({ ...opening, step: 4 });
  const second = { ...opening, scope: 3, property: "noStarvation" };
  expect(readAddress("#corrected-fix", addressed, opening)).toEqual({ place: second, trouble: "" });
});

test.each([
  ["#%", opening, "The address has a % that begins no character, and cannot be read."],
  ["#%E0%A4%A", opening, "The address has a % that begins no character, and cannot be read."],
  ["#20/neverStuck/0", opening, 'shows no release "20"; it shows v3.0.4, corrected-fix.'],
  ["#somewhere", opening, 'This page shows no release "somewhere"'],
  [
    "#v3.0.4/two-outputs/neverStuck/0",
    opening,
    'not show v3.0.4 at the scope "two-outputs", but at one-output, any-routes-crashes,',
  ],
  [
    "#corrected-fix/one-output/neverStuck/0",
    { ...opening, scope: 3, property: "" },
    "neverStuck holds here: there is no way into a violation to step through. Violated here: noStarvation;",
  ],
  [
    "#corrected-fix/one-output/noLoss/2",
    { ...opening, scope: 3, property: "" },
    "noLoss was not decided here",
  ],
  [
    "#corrected-fix/one-output/isolation/2",
    { ...opening, scope: 3, property: "" },
    "isolation has nothing to say here",
  ],
  [
    "#v3.0.4/one-output/nonsense/9",
    { ...opening, property: "" },
    'v3.0.4 has no property "nonsense" here; it has neverStuck, noStarvation, isolation, noLoss.',
  ],
  ["#v3.0.4/one-output/neverStuck/x", opening, '"x" in the address is no step.'],
  ["#v3.0.4/one-output/neverStuck/1/what", { ...opening, step: 1 }, "is no way off the path"],
  ["#v3.0.4/one-output/neverStuck/1/0:a/b", { ...opening, step: 1 }, "has more parts than a place"],
])("of the address %s the page says what is wrong with it", (hash, place, words) => {
  const found = readAddress(hash, addressed, opening);
  expect(found.place).toEqual(place);
  expect(found.trouble).toContain(words);
});

test("whatever an address is, the page shows something, and says so if it is not what was asked for", () => {
  const parts = [
    "",
    "#",
    "/",
    "%",
    "%25",
    "v3.0.4",
    "one-output",
    "neverStuck",
    "9",
    "-1",
    "0:",
    "é",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 9 }), (chosen) => {
      const { place, trouble } = readAddress(`#${chosen.join("")}`, addressed, opening);
      const again = readAddress(addressOf(place, addressed), addressed, opening);
      expect(again).toEqual({ place, trouble: "" });
      expect(trouble).not.toContain("undefined");
    }),
    { seed, numRuns: 2000 },
  );
});
