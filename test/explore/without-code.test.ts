import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { checkScope } from "../../src/explore/check-scope.ts";
import { runJson } from "../../src/report/scope/check-json.ts";
import { bundledText } from "../mutants/bundled-text.ts";
import { scopeFor } from "./scope-for.ts";

const entry = `
import { checkScope } from "../../src/explore/check-scope.ts";
import { runJson } from "../../src/report/scope/check-json.ts";
import { scopeFor } from "./scope-for.ts";

let refused = false;
try {
  Reflect.construct(Function, [""]);
} catch (error) {
  refused = error instanceof EvalError;
}
const result = checkScope(scopeFor({ chunks: 5, taskMapSize: 2, overLimitQuota: 1 }));
console.log(JSON.stringify({ refused, run: runJson(result, 0) }));
`;

it("`check --json` tells the same where code may not be made of strings", async () => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--disallow-code-generation-from-strings", "--input-type=module", "-"],
    { input: await bundledText(entry, "test/explore"), encoding: "utf8" },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const here = checkScope(scopeFor({ chunks: 5, taskMapSize: 2, overLimitQuota: 1 }));
  // With fewer states there would be no code to do without.
  expect(here.visited).toBeGreaterThan(64);
  const expected: unknown = JSON.parse(JSON.stringify({ refused: true, run: runJson(here, 0) }));
  const told: unknown = JSON.parse(stdout);
  expect(told).toEqual(expected);
});
