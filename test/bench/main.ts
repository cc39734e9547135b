import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { fullPlan, quickPlan } from "./bench-scopes.ts";
import { contenders } from "./contenders.ts";
import { growthPlot } from "./growth-plot.ts";
import { measurePlan } from "./measure.ts";
import { performanceTable } from "./performance-table.ts";

// npm run bench -- [--quick] [--rounds NUMBER] [--jar tla2tools.jar] [--out FOLDER]
const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    jar: { type: "string" },
    out: { type: "string" },
  },
});
const plan = values.quick ? quickPlan : fullPlan;
const rounds = values.rounds === undefined ? plan.rounds : Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError("--rounds takes a number from 1");
const out = values.out ?? (values.quick ? join(tmpdir(), "unstuck-bench") : "docs");
const folder = mkdtempSync(join(tmpdir(), "unstuck-bench-"));
try {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? "an unknown processor";
  const result = await measurePlan({ ...plan, rounds }, contenders(values.jar ?? null), {
    folder,
    machine: `${processors.length} × ${model}, Node ${process.version}`,
    tell: (text) => process.stderr.write(text),
  });
  mkdirSync(out, { recursive: true });
  const table = await format(performanceTable(result, "performance-growth.svg"), {
    parser: "markdown",
    printWidth: 100,
  });
  writeFileSync(join(out, "performance-table.md"), table);
  writeFileSync(join(out, "performance-growth.svg"), growthPlot(result.growth));
  process.stdout.write(`${table}\nwritten to ${join(out, "performance-table.md")}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
