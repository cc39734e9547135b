/** Where something stands in what was read. */
export interface EvidencePlace {
  /** As the command was told it: a file, `-` for the standard input, or the address of a live engine. */
  readonly file: string;
  /** The number of the line in the file, from 1; 0 for an answer of a live engine. */
  readonly line: number;
  /** When it was written, as it stands there; null where no time does. */
  readonly at: string | null;
}
