import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { EngineParts } from "../../src/conform/engine-subject.ts";
import { SubjectFailure } from "../../src/conform/subject.ts";
import type * as engineCore from "../../src/engine/lockstep/engine-core.ts";
import type * as catalogue from "../../src/engine/releases/catalogue.ts";
import type { Mutant } from "./mutant.ts";

// Inside the project, so that the copies find its packages.
const workshop = resolve(".mutants");

function isEngineCore(value: unknown): value is typeof engineCore {
  return typeof value === "object" && value !== null && "EngineCore" in value;
}

function isCatalogue(value: unknown): value is typeof catalogue {
  return typeof value === "object" && value !== null && "findRelease" in value;
}

/** What a mutant does to itself is no bug of the kit: it counts as found out. */
function guarded<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new SubjectFailure(error instanceof Error ? error.message : String(error));
  }
}

/** The engine with one change, in a folder of its own until it is loaded. */
export async function mutatedEngine({ file, from, to }: Mutant): Promise<EngineParts> {
  mkdirSync(workshop, { recursive: true });
  const folder = mkdtempSync(join(workshop, "mutant-"));
  try {
    cpSync("src/engine", folder, { recursive: true });
    const source = join(folder, file);
    writeFileSync(
      source,
      readFileSync(source, "utf8").replace(from, () => to),
    );
    const load = (path: string): Promise<unknown> => import(pathToFileURL(join(folder, path)).href);
    const core = await load("lockstep/engine-core.ts");
    const list = await load("releases/catalogue.ts");
    if (!isEngineCore(core) || !isCatalogue(list)) throw new Error("the engine was not found");
    return {
      createCore: (parameters) => {
        const engine = guarded(() => new core.EngineCore(parameters));
        return {
          step: (step) => guarded(() => engine.step(step)),
          snapshot: () => guarded(() => engine.snapshot()),
        };
      },
      findRelease: list.findRelease,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Removes what is left of the copies. */
export function closeWorkshop(): void {
  rmSync(workshop, { recursive: true, force: true });
}
