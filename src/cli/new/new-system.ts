import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { BadInput } from "../bad-input.ts";

/** Where the package has the template; built code lies one folder deeper than its source. */
function templateFolder(): URL {
  const [source, built] = ["../../../", "../../../../"].map(
    (up) => new URL(`${up}templates/system/`, import.meta.url),
  );
  const found = [source, built].find((one) => one !== undefined && existsSync(one));
  if (found === undefined) throw new Error("the package has no templates/system");
  return found;
}

/**
 * Writes the skeleton of a system; what was written is taken away again where not all of it can be.
 *
 * @param folder one that is empty, or one that is not there in a folder that is
 * @returns the names of its files
 * @throws BadInput if the folder is not empty, or cannot be written
 */
export function newSystem(folder: string): readonly string[] {
  const template = templateFolder();
  const files = readdirSync(template).toSorted();
  const written: string[] = [];
  let isMade = false;
  try {
    if (existsSync(folder)) {
      if (readdirSync(folder).length > 0) {
        throw new BadInput(`${folder} is not empty; name a new folder`);
      }
    } else {
      mkdirSync(folder);
      isMade = true;
    }
    for (const file of files) {
      written.push(join(folder, file));
      copyFileSync(new URL(file, template), join(folder, file), constants.COPYFILE_EXCL);
    }
    return files;
  } catch (error) {
    for (const file of written) rmSync(file, { force: true });
    if (isMade) rmSync(folder, { recursive: true });
    if (error instanceof Error && "syscall" in error) {
      throw new BadInput(`cannot write ${folder}: ${error.message}`);
    }
    throw error;
  }
}
