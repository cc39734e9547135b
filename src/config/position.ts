/** Where a value stands in a configuration. `line` counts from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
}

/** `file:line`, as compilers write it. */
export function formatPosition(position: Position): string {
  return `${position.file}:${position.line}`;
}
