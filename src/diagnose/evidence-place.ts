/** Where something stands in what was read. */
export interface EvidencePlace {
  /** As the command was told it; `-` is the standard input. */
  readonly file: string;
  /** The number of the line in the file, from 1. */
  readonly line: number;
  /** When it was written, as it stands there; null where no time does. */
  readonly at: string | null;
}
