import { exitCode } from "./exit-code.ts";
import { style, type Style } from "../report/style.ts";

/** Where a command writes; passed in, so that commands can be tested without a process. */
export interface Terminal {
  /** Writes to standard output. */
  readonly out: (text: string) => void;
  /** Writes to standard error. */
  readonly err: (text: string) => void;
  /** Colours for standard output: none unless it is a terminal and NO_COLOR is not set. */
  readonly style: Style;
  /** Columns of standard output: Infinity unless it is a terminal. */
  readonly width: number;
  /** Whether standard error is a terminal, so that a progress line may be shown there. */
  readonly showsProgress: boolean;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const coloured =
    process.stdout.isTTY &&
    (process.env["NO_COLOR"] ?? "") === "" &&
    process.env["TERM"] !== "dumb";
  // A reader that has seen enough, such as head, closes the pipe: the command ends as it would have.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.stderr.write(`unstuck: cannot write standard output: ${error.message}\n`);
    process.exit(exitCode.badInput);
  });
  // A log that cannot be written is no reason to stop delivering, and there is nowhere else to complain.
  process.stderr.on("error", () => undefined);
  return {
    out: (text) => {
      process.stdout.write(text);
    },
    err: (text) => {
      process.stderr.write(text);
    },
    style: style(coloured),
    width: process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY,
    showsProgress: process.stderr.isTTY,
  };
}
