import { run } from "../cli/recording-terminal.ts";

/** Has a command write its page into a file; returns what it complained about. */
export async function writePage(file: string, ...command: readonly string[]): Promise<string> {
  const { err } = await run([...command, "--html", file]);
  return err;
}
