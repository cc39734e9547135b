import type { SuiteResult } from "../../conform/conform.ts";
import { replayCommand, type ConformRun } from "./conform-words.ts";

function escaped(text: string): string {
  // XML 1.0 has no way to write most control characters.
  const printable = text.replace(/[^\P{Cc}\n\t]/gu, "\u{FFFD}");
  return printable
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function testCase(run: ConformRun, one: SuiteResult): string {
  const { scope, suite, divergence, elapsedMs } = one;
  const head = `    <testcase classname="${escaped(scope.release)}.${escaped(scope.name)}" name="${escaped(suite.name)}" time="${(elapsedMs / 1000).toFixed(3)}"`;
  if (divergence === null) return `${head}/>`;
  const { sentence, steps } = divergence;
  return [
    `${head}>`,
    `      <failure message="${escaped(sentence)}">${escaped(replayCommand(run, scope, steps))}</failure>`,
    "    </testcase>",
  ].join("\n");
}

/** The result of `conform` as a JUnit file: a test case for each suite of each scope. */
export function conformJunit(run: ConformRun): string {
  const { suites } = run.result;
  const failures = suites.filter(({ divergence }) => divergence !== null).length;
  const counts = `tests="${suites.length}" failures="${failures}" errors="0" time="${(run.elapsedMs / 1000).toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="unstuck conform" ${counts}>`,
    `  <testsuite name="${escaped(run.port)}" ${counts}>`,
    ...suites.map((one) => testCase(run, one)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}
