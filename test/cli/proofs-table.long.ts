import { expect, it } from "vitest";
import { expectRefuted, refutedByShape } from "./proof-tables.ts";
import { run } from "./recording-terminal.ts";

const proofsHeading = `# Every release, every property, every size

Written by \`npm run proofs\` from what \`npx unstuck prove --markdown\` says; [proofs.md](proofs.md) explains it.

`;
// Rewritten by `npm run proofs`: read it before it is committed.
it("docs/proofs-table.md has what prove says of every release and shape", async () => {
  const { code, out, err } = await run(["prove", "--markdown", "--time-limit", "600"]);
  expect([code, err]).toEqual([1, ""]);
  for (const shape of Object.keys(refutedByShape)) expectRefuted(out, shape);
  await expect(`${proofsHeading}${out}`).toMatchFileSnapshot("../../docs/proofs-table.md");
});
