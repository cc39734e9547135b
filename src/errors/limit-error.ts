import { UserError } from "./user-error.ts";

/** What was asked for is larger than can be tabulated, numbered or explored. */
export class LimitError extends UserError {
  override readonly name = "LimitError";
}
