import type { LetteredRun } from "./release-table.ts";

const property = "neverStuck";

function counted(count: number): string {
  return count === 1 ? "1 release" : `${count} releases`;
}

/** What was found of deadlocks, in three lines: who can, by which shortest way, and who cannot in these scopes. */
export function foundLines(runs: readonly LetteredRun[]): readonly string[] {
  const names = [...new Set(runs.map(({ release }) => release.name))];
  const found = names.map((name) => {
    const results = runs
      .filter(({ release }) => release.name === name)
      .flatMap(({ result }) => result.properties.filter((one) => one.property === property));
    const lengths = results.flatMap(({ path }) => (path === null ? [] : [path.steps.length]));
    const holds = results.length > 0 && results.every(({ verdict }) => verdict === "holds");
    return { name, holds, least: lengths.length === 0 ? null : Math.min(...lengths) };
  });
  const stuck = found.flatMap(({ name, least }) => (least === null ? [] : [{ name, least }]));
  const safe = found.filter(({ holds }) => holds).map(({ name }) => name);
  const ways = [...new Set(stuck.map(({ least }) => least))].sort((a, b) => a - b);
  const wayWords = ways.map(
    (way) =>
      `${way} actions (${stuck
        .filter(({ least }) => least === way)
        .map(({ name }) => name)
        .join(", ")})`,
  );
  return [
    stuck.length === 0
      ? "No release can deadlock in these scopes."
      : `${counted(stuck.length)} can deadlock: ${stuck.map(({ name }) => name).join(", ")}.`,
    ...(wayWords.length === 0 ? [] : [`Shortest way: ${wayWords.join("; ")}.`]),
    ...(safe.length === 0 ? [] : [`Never stuck in these scopes: ${safe.join(", ")}.`]),
  ];
}
