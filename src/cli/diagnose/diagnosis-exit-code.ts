import type { Diagnosis } from "../../diagnose/judge/diagnosis.ts";
import { isBad, isOpen } from "../../diagnose/judge/finding.ts";
import { exitCode } from "../exit-code.ts";

/** What a process says of engines when it ends: by the worst of what was found. */
export function diagnosisExitCode(diagnoses: readonly Diagnosis[]): number {
  const findings = diagnoses.flatMap((diagnosis) => diagnosis.findings);
  if (findings.some(isBad)) return exitCode.violated;
  return findings.some(isOpen) ? exitCode.notComplete : exitCode.holds;
}
