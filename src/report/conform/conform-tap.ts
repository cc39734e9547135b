import { replayCommand, suiteTitle, type ConformRun } from "./conform-words.ts";

/** The result of `conform` in the Test Anything Protocol, version 14: a test point for each suite of each scope. */
export function conformTap(run: ConformRun): string {
  const { suites } = run.result;
  const points = suites.flatMap((one, index) => {
    const { divergence, scope } = one;
    const title = suiteTitle(one).replaceAll("\\", "\\\\").replaceAll("#", "\\#");
    if (divergence === null) return [`ok ${index + 1} - ${title}`];
    return [
      `not ok ${index + 1} - ${title}`,
      "  ---",
      `  message: ${JSON.stringify(divergence.sentence)}`,
      `  replay: ${JSON.stringify(replayCommand(run, scope, divergence.steps))}`,
      "  ...",
    ];
  });
  return ["TAP version 14", `1..${suites.length}`, ...points].join("\n");
}
