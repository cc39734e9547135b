import { appendFileSync } from "node:fs";

const file = process.env["ATTACK_FIGURES"];

/** Tells `npm run attack` how much of something was tried and withstood; says nothing in other runs. */
export function attacked(what: string, count: number): void {
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ what, count })}\n`);
}
