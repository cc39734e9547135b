import { readFileSync } from "node:fs";
import { BadInput } from "./bad-input.ts";

/**
 * Reads a file that should hold JSON.
 *
 * @throws BadInput if it is missing, cut, or holds something else, with the place where there is one.
 */
export function readJsonFile(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new BadInput(`cannot read ${file}: ${why}`);
  }
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, " ") : String(error);
    throw new BadInput(
      `${file} is not JSON, or cut off: ${why} (it has ${text.length} characters)`,
    );
  }
}
