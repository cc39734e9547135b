import { expect, it } from "vitest";
import { Stepper } from "../../../src/compile/stepper.ts";
import { askedIn, scopeOfRow } from "./rows.ts";

/** A state after some actions, each by the first slot that can take it. */
function after(words: string, path: string): Readonly<Record<string, number>> {
  const stepper = new Stepper(scopeOfRow(askedIn(words)));
  for (const action of path.split(" ")) {
    const found = stepper.enabled().find(({ move }) => move.action === action);
    if (found === undefined) throw new Error(`${action} is not enabled`);
    stepper.take(found);
  }
  const { quantities } = stepper.scope.system;
  return Object.fromEntries(quantities.map(({ name }, index) => [name, stepper.amount(index)]));
}

const held = "slots=4 limit=4 threads=2 mode=immediate retryMax=0";
const givenUp = "emit emit emit emit dequeue dequeue backendDown writeFails";

it("a failure too many clears the whole queue, and what other threads hold is counted no more", () => {
  const state = after(`v1.19: ${held}`, givenUp);
  expect(state).toMatchObject({ queued: 0, held: 1, buffered: 1, drift: 1, steps: 0 });
});

it("the corrected fix counts what threads hold", () => {
  const state = after(`corrected: ${held}`, givenUp);
  expect(state).toMatchObject({ queued: 0, held: 1, buffered: 1 });
  expect(state).not.toHaveProperty("drift");
});

it("an older release gives up one failure later", () => {
  const later = `${givenUp} retryTime dequeue writeFails`;
  expect(after(`v1.12: ${held}`, givenUp)).toMatchObject({ queued: 3, drift: 0 });
  expect(after(`v1.12: ${held}`, later)).toMatchObject({ queued: 0, held: 1, drift: 1 });
});
