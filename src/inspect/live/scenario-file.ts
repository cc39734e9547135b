import { UserError } from "../../errors/user-error.ts";

/** A line of a scenario that is no action; the message says which. */
class ScenarioError extends UserError {
  override readonly name = "ScenarioError";
}

const action = /^[A-Za-z]+(\.c\d+)?(\.o\d+)?(\.m\d+(_\d+)*)?$/;

/**
 * Reads a scenario: one action a line, such as `ingest c0 m0`, `flushRetry c0 o0` or `outputDown o0`; `#` starts a comment.
 *
 * @returns the actions' keys
 * @throws ScenarioError with file and line
 */
export function readScenario(file: string, text: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const words = line.replace(/#.*/, "").trim();
    if (words === "") return [];
    const key = words.split(/[\s.]+/).join(".");
    if (!action.test(key)) {
      throw new ScenarioError(
        `${file}:${index + 1}: "${words}" is no action such as flushOk c0 o0`,
      );
    }
    return [key];
  });
}
