/** Lines of text, two blanks further to the right. */
export function indented(text: readonly string[]): readonly string[] {
  return text.map((line) => `  ${line}`);
}

/** Lines of text as one text. */
export function lines(text: readonly string[]): string {
  return text.map((line) => `${line}\n`).join("");
}
