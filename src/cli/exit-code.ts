/** What the process says when it ends. */
export const exitCode = {
  /** Everything holds, or every verdict is the pinned one. */
  holds: 0,
  violated: 1,
  badInput: 2,
  /** It was not decided: a bound ended the search before it was over, or a recording uses what is not modelled yet. */
  notComplete: 3,
  /** A defect of this program, with what is needed to report it. */
  defect: 70,
  /** Ended by Ctrl-C, as a shell says it. */
  interrupted: 130,
} as const;
