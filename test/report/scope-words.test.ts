import { expect, it } from "vitest";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as publishedFix } from "../../models/releases/published-fix.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { parametersOf } from "../../src/cli/options/scope-arguments.ts";
import { checkCommand, scopeWords } from "../../src/report/scope/scope-words.ts";
import { fluentBitSystem } from "../../models/fluent-bit-system.ts";

function words(parameters: Parameters): string {
  return scopeWords({ system: { declared: fluentBitSystem.parameters }, parameters });
}

it("names the sizes, and whatever differs from the reference scope", () => {
  expect(words(defaultParameters)).toBe("chunks 2, task map 1, max chunks up 1, outputs 1");
  expect(
    words({
      ...defaultParameters,
      routing: "any",
      retryLimit: 3,
      checkMapFirst: false,
      crash: true,
    }),
  ).toBe(
    "chunks 2, task map 1, max chunks up 1, outputs 1, routing any, retryLimit 3, no checkMapFirst, crash",
  );
});

it.each([
  { release: v304, settings: [] },
  { release: publishedFix, settings: [] },
  { release: publishedFix, settings: ["overLimitQuota=2", "chunks=5", "retryLimit=2"] },
  { release: v304, settings: ["routing=any", "crash=true", "checkMapFirst=false"] },
])("prints the command that checks $release.name with $settings", ({ release, settings }) => {
  const parameters = parametersOf(release, settings);
  const [program, command, option, name, ...sets] = checkCommand(release, parameters).split(" ");
  expect([program, command, option, name]).toEqual(["unstuck", "check", "--release", release.name]);
  expect(sets.filter((word) => word === "--set")).toHaveLength(settings.length);
  const again = parametersOf(
    release,
    sets.filter((word) => word !== "--set"),
  );
  expect(again).toEqual(parameters);
});
