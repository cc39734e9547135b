import { UserError } from "./user-error.ts";

/** A description of a system is wrong: it names what does not exist, names two things alike, or cannot be compiled. */
export class DescriptionError extends UserError {
  override readonly name = "DescriptionError";
}
