import { randomInt } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { columns } from "../../src/report/columns.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-attack-"));
const file = join(folder, "figures.ndjson");
const seed = Number(process.env["ATTACK_SEED"] ?? randomInt(1_000_000));

/** Before the round: every test of it gets this seed. */
export function setup(): void {
  writeFileSync(file, "");
  process.env["ATTACK_FIGURES"] = file;
  process.env["FAST_CHECK_SEED"] = String(seed);
  process.env["FIRST"] = String(seed);
  process.env["SEEDS"] ??= "40";
  process.stdout.write(`seed ${seed}; the same round again: ATTACK_SEED=${seed} npm run attack\n`);
}

/** After it: what was tried. Whether all of it was withstood is what the tests say. */
export function teardown(): void {
  const totals = new Map<string, number>();
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const { what, count } =
      /^\{"what":"(?<what>[^"]*)","count":(?<count>\d+)\}$/.exec(line)?.groups ?? {};
    if (what !== undefined) totals.set(what, (totals.get(what) ?? 0) + Number(count));
  }
  rmSync(folder, { recursive: true });
  const rows = [...totals].map(([what, count]) => [`  ${what}`, count.toLocaleString("en-US")]);
  process.stdout.write(`\nwhat was tried, seed ${seed}:\n${columns(rows)}\n`);
}
