/**
 * Runs generated text, as the body of a function of `successors`. Where code may not be made of strings (Node with
 * `--disallow-code-generation-from-strings`, a page that forbids it), nothing is run.
 */
export function runText(text: string, successors: object): void {
  let made: unknown;
  try {
    made = Reflect.construct(Function, ["successors", `"use strict";\n${text}`]);
  } catch (error) {
    if (error instanceof EvalError) return;
    throw error;
  }
  if (typeof made === "function") Reflect.apply(made, undefined, [successors]);
}
