import { UserError } from "../errors/user-error.ts";

/** Something that the user gave is wrong; the message is the one sentence that they see. */
export class BadInput extends UserError {
  override readonly name = "BadInput";
}
