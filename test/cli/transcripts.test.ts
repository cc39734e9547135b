import { describe, expect, it } from "vitest";
import { parse } from "./json-value.ts";
import { run } from "./recording-terminal.ts";
import { timeless } from "./timeless.ts";

// Whole transcripts, rewritten by `npx vitest run test/cli/transcripts.test.ts -u`: read them before they are committed.

interface Transcript {
  readonly name: string;
  readonly command: string;
}

const handwritten = "test/fixtures/config/check";
const recorded = "test/fixtures/config/recordings";
const reported = "test/fixtures/config/reports";

/** A proof takes as long as it takes: a slow machine must not say less. */
const proofTime = "--time-limit 3600";

const transcripts: readonly Transcript[] = [
  { name: "check", command: "check" },
  { name: "check-markdown", command: "check --markdown" },
  {
    name: "scope-published-fix",
    command: "check --release published-fix --set schedulerFails=true",
  },
  {
    name: "scope-two-outputs",
    command: "check --set outputs=2 --set routing=any --set retryLimit=1 --markdown",
  },
  { name: "scope-not-complete", command: "check --release park --max-states 5" },
  { name: "scope-json", command: "check --set taskMapSize=1 --json" },
  {
    name: "config-recording-deadlock",
    command: `check --config ${recorded}/v304_deadlock_map8_up8/fluent-bit.conf --fluent-bit 3.0.4 --time-limit 0`,
  },
  {
    name: "config-recording-stock",
    command: `check --config ${recorded}/v304_pristine_map2048_up128/fluent-bit.conf --fluent-bit 3.0.4 ${proofTime}`,
  },
  {
    name: "config-recording-two-routes",
    command: `check --config ${recorded}/v304_tworoutes_map64_up8/fluent-bit.conf --fluent-bit 3.0.4 --time-limit 0`,
  },
  {
    name: "config-recording-v5",
    command: `check --config ${recorded}/v511_deadlock_map8_up8/fluent-bit.conf --fluent-bit 5.1.1 --time-limit 0`,
  },
  {
    name: "config-report-syslog",
    command: `check --config ${reported}/syslog-two-outputs.conf --fluent-bit 2.2 --time-limit 0`,
  },
  {
    name: "config-report-yaml",
    command: `check --config ${reported}/systemd-rewrite.yaml --markdown --time-limit 0`,
  },
  {
    name: "config-one-route-each",
    command: `check --config ${handwritten}/one-route-each.conf --fluent-bit 3.0.4 --time-limit 0`,
  },
  {
    name: "config-both-match-all",
    command: `check --config ${handwritten}/both-match-all.conf ${proofTime}`,
  },
  {
    name: "config-catch-all-last",
    command: `check --config ${handwritten}/catch-all-last.conf --time-limit 0`,
  },
  {
    name: "config-metrics-without-retries",
    command: `check --config ${handwritten}/metrics-without-retries.conf --time-limit 0`,
  },
  { name: "config-memory-only", command: `check --config ${handwritten}/memory-only.yaml` },
  {
    name: "config-no-retries",
    command: `check --config ${handwritten}/no-retries.yaml --time-limit 0`,
  },
  {
    name: "config-finite-retry",
    command: `check --config ${handwritten}/finite-retry.yaml --time-limit 0`,
  },
  {
    name: "config-pause-on",
    command: `check --config ${handwritten}/pause-on.conf --time-limit 0`,
  },
  {
    name: "config-json",
    command: `check --config ${handwritten}/pause-on.conf --json ${proofTime}`,
  },
  {
    name: "config-include-error",
    command: `check --config ${handwritten}/include-error/fluent-bit.conf`,
  },
  { name: "bad-parameter", command: "check --set chunk=3" },
];

describe("transcripts", () => {
  it.each(transcripts)("$name", async ({ name, command }) => {
    const { code, out, err } = await run(command.split(" "));
    const said = command.includes("--json") ? `${JSON.stringify(parse(out), null, 1)}\n` : out;
    const errors = err === "" ? "" : `--- standard error\n${err}`;
    await expect(
      timeless(`$ unstuck ${command}\n${said}${errors}--- exit code ${code}\n`),
    ).toMatchFileSnapshot(`../fixtures/transcripts/${name}.txt`);
  });
});
