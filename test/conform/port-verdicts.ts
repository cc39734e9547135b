import { expect } from "vitest";
import { runCommand } from "./run-command.ts";

/** A run takes some ten seconds, which a busy machine may stretch; the steps that it takes are always the same. */
export const mostSteps = 310_000;

interface Verdict {
  readonly conforms: boolean;
  readonly suites: readonly { readonly steps: number }[];
  readonly coverage: readonly { readonly transitions: { covered: number; total: number | null } }[];
  readonly divergence: { readonly steps: readonly { action: string }[]; replay: string } | null;
}

function isVerdict(value: unknown): value is Verdict {
  return typeof value === "object" && value !== null && "conforms" in value;
}

export async function verdictOn(
  command: readonly string[],
  options: readonly string[] = [],
): Promise<Verdict & { code: number }> {
  const { code, out, err } = await runCommand("conform", "--json", ...options, "--", ...command);
  expect(err).toBe("");
  const verdict: unknown = JSON.parse(out);
  if (!isVerdict(verdict)) throw new Error(out);
  return { ...verdict, code };
}

export function stepsIn(suites: Verdict["suites"]): number {
  return suites.reduce((sum, { steps }) => sum + steps, 0);
}

export async function expectConforms(
  command: readonly string[],
  options: readonly string[] = [],
): Promise<void> {
  const { code, conforms, coverage, divergence, suites } = await verdictOn(command, options);
  expect(divergence).toBe(null);
  expect(conforms).toBe(true);
  expect(code).toBe(0);
  const counted = coverage.filter(({ transitions }) => transitions.total !== null);
  expect(counted.length).toBeGreaterThanOrEqual(options.length === 0 ? 42 : 6);
  for (const { transitions } of counted) expect(transitions.covered).toBe(transitions.total);
  expect(stepsIn(suites)).toBeLessThan(mostSteps);
}
