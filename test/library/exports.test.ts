import { expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import * as config from "../../src/library/config.ts";
import * as conform from "../../src/library/conform.ts";
import * as engine from "../../src/library/engine.ts";
import * as main from "../../src/library/index.ts";
import * as inspect from "../../src/library/inspect.ts";
import * as prove from "../../src/library/prove.ts";
import * as trace from "../../src/library/trace.ts";

it("exports these names, and no others: taking one away breaks somebody", () => {
  const entries = { index: main, prove, conform, trace, config, engine, inspect };
  expect(
    Object.fromEntries(
      Object.entries(entries).map(([name, one]) => [name, Object.keys(one).toSorted()]),
    ),
  ).toEqual({
    index: [
      ...[
        "Stepper",
        "UserError",
        "checkScope",
        "defaultParameters",
        "fluentBit",
        "fluentBitSystem",
        "lift",
      ],
      ...["loadModelFile", "loadReleases", "parameterNames", "progressProperties", "replayRun"],
      ...["scopeOf", "viewState", "violatedAt"],
    ],
    prove: ["EverySizeScope", "checkCertificate", "proveSystem", "searchForProver", "startZ3"],
    conform: [
      ...["EngineSubject", "SubjectFailure", "conform", "largeScope", "plannedScopes"],
      ...["runSteps", "scopeSuites", "smallScopes"],
    ],
    trace: ["TraceError", "TraceReplay", "readTrace"],
    config: ["ConfigurationError", "parseFluentBitVersion", "readFluentBitConfiguration"],
    engine: ["EngineCore", "engineCreate", "findRelease", "simulate"],
    inspect: ["LiveSystem", "byHand", "randomWalk", "scripted"],
  });
  expect(Object.values(packageJson.exports)).toEqual([
    ...Object.keys(entries).map((name) => `./dist/src/library/${name}.js`),
    "./package.json",
  ]);
});
