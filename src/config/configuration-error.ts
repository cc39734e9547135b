import { formatPosition, type Position } from "./position.ts";
import { UserError } from "../errors/user-error.ts";

/** Where a bad file is bad: a line of it, or the file as a whole. */
type Place = Position | { readonly file: string };

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/**
 * A configuration that cannot be read, or that Fluent Bit would refuse. The message is one line,
 * `file:line: sentence`, fit to be printed as it is.
 */
export class ConfigurationError extends UserError {
  override readonly name = "ConfigurationError";
  readonly file: string;
  readonly line: number | undefined;

  constructor(place: Place, sentence: string) {
    const line = "line" in place ? place.line : undefined;
    const where = line === undefined ? place.file : formatPosition({ file: place.file, line });
    super(`${where}: ${oneLine(sentence)}`);
    this.file = place.file;
    this.line = line;
  }
}
