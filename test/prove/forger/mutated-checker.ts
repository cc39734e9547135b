import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as checker from "../../../src/prove/check-certificate.ts";
import type { CheckerMutant } from "./checker-mutants.ts";

// Inside the project, so that the copies find its packages; a folder of its own, as other tests have theirs.
const workshop = resolve(".mutants");

function isChecker(value: unknown): value is typeof checker {
  return typeof value === "object" && value !== null && "checkCertificate" in value;
}

/** The checker with some changes, in a folder of its own until it is loaded. */
export async function mutatedChecker({
  changes,
}: Pick<CheckerMutant, "changes">): Promise<typeof checker.checkCertificate> {
  mkdirSync(workshop, { recursive: true });
  const folder = mkdtempSync(join(workshop, "checker-"));
  try {
    for (const part of ["models", "src/compile", "src/prove"]) {
      cpSync(part, join(folder, part), { recursive: true });
    }
    for (const [file, from, to] of changes) {
      const source = join(folder, "src", file);
      const text = readFileSync(source, "utf8");
      if (text.split(from).length !== 2) throw new Error(`${file} does not have once: ${from}`);
      writeFileSync(
        source,
        text.replace(from, () => to),
      );
    }
    const loaded: unknown = await import(
      pathToFileURL(join(folder, "src/prove/check-certificate.ts")).href
    );
    if (!isChecker(loaded)) throw new Error("the checker was not found");
    return loaded.checkCertificate;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
