import { expect, it, vi } from "vitest";
import { run } from "./recording-terminal.ts";

vi.mock("../../src/analysis/pinned-scopes.ts", () => ({
  pinnedScopes: [{ letter: "a", title: "one chunk more than was pinned", settings: { chunks: 3 } }],
}));

it("exits 1 when a verdict or count is not the pinned one, and says which", async () => {
  const { code, err, out } = await run(["check"]);
  expect(code).toBe(1);
  expect(err.trimEnd().split("\n")).toHaveLength(10);
  expect(err).toContain(
    'v3.0.4 at scope a was pinned as "34/18 states, 86/4 transitions: neverStuck 6, recovery 6, noStarvation", but is "110/28 states',
  );
  expect(out).not.toContain("are the pinned ones");
});
