/**
 * Something that the user gave is wrong, or asks for more than can be done; the message is the one sentence that they see.
 * Anything else that is thrown is a defect of this program, and shows itself as one.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
}
