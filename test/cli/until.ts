import { setTimeout as passing } from "node:timers/promises";

const patience = 40_000;

/** Waits for a condition, and says which one did not come about. */
export async function until(what: string, condition: () => boolean): Promise<void> {
  const end = Date.now() + patience;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await passing(5);
  }
}
