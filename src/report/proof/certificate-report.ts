import type { CheckedProperty, CheckedRun } from "../../prove/certificate/check-certificate.ts";
import type { Json } from "../scope/check-json.ts";
import { columns } from "../columns.ts";
import { settingsJson, systemWords } from "./proof-words.ts";
import type { Style } from "../style.ts";

function propertyWords({ condition, confirmed }: CheckedProperty, style: Style): string {
  if (!confirmed) return style.red("NOT CONFIRMED");
  return condition === null
    ? style.green("holds at every size")
    : `violated if and only if ${condition}`;
}

const comparedWords =
  "the release asks for sizes while it is described: it was compared at many sizes, not at all";

/** Whether a certificate shows something, and all of what it says. */
export function isConfirmed(runs: readonly CheckedRun[]): boolean {
  return (
    runs.length > 0 &&
    runs.every(({ properties, failed }) => properties.length > 0 && failed.length === 0)
  );
}

function total(runs: readonly CheckedRun[]): {
  readonly confirmed: number;
  readonly failed: number;
} {
  return {
    confirmed: runs.reduce((sum, { confirmed }) => sum + confirmed, 0),
    failed: runs.reduce((sum, { failed }) => sum + failed.length, 0),
  };
}

function conclusion(runs: readonly CheckedRun[], style: Style): string {
  const { confirmed, failed } = total(runs);
  const counts = `${confirmed} statements confirmed, ${failed} failed`;
  if (isConfirmed(runs)) return style.green(`${counts}: the certificate shows what it says`);
  const empty = runs.filter(({ properties }) => properties.length === 0);
  if (failed === 0 && (runs.length === 0 || empty.length > 0)) {
    const what = runs.length === 0 ? "" : ` of ${empty.map(systemWords).join("; ")}`;
    return style.red(`${counts}: nothing${what} is certified`);
  }
  return style.red(`${counts}: the certificate does NOT show what it says`);
}

/** What came of checking a certificate, for a terminal. */
export function certificateText(runs: readonly CheckedRun[], style: Style): string {
  return [
    ...runs.flatMap((run) => [
      style.bold(systemWords(run)),
      columns([
        ...run.properties.map((one) => [`  ${one.property}`, propertyWords(one, style)]),
        ...run.notCertified.map((name) => [`  ${name}`, style.yellow("not certified")]),
        ...(run.comparedOnly ? [["", style.yellow(comparedWords)]] : []),
        ["", style.dim(`${run.confirmed} confirmed, ${run.failed.length} failed`)],
      ]),
      ...run.failed.map((claim) => style.red(`  failed: ${claim}`)),
      "",
    ]),
    conclusion(runs, style),
  ].join("\n");
}

/** The same as JSON; the fields are documented in docs/certificates.md and stable. */
export function certificateJson(runs: readonly CheckedRun[]): Json {
  return {
    isConfirmed: isConfirmed(runs),
    ...total(runs),
    runs: runs.map(({ release, parameters, masks, settings, properties, ...run }) => ({
      release,
      outputs: parameters["outputs"] ?? 0,
      routing: parameters["routing"] ?? "all",
      masks,
      settings: settingsJson({ parameters, settings }),
      properties: Object.fromEntries(
        properties.map(({ property, ...said }) => [property, { ...said, exact: true }]),
      ),
      ...run,
    })),
  };
}
