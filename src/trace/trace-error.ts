import { UserError } from "../errors/user-error.ts";

/**
 * A trace that cannot be read. The message is one line, `file:line: sentence` (or `file: sentence` where the file as a
 * whole is bad), fit to be printed as it is.
 */
export class TraceError extends UserError {
  override readonly name = "TraceError";

  constructor(file: string, line: number | null, sentence: string) {
    super(`${line === null ? file : `${file}:${line}`}: ${sentence}`);
  }
}
