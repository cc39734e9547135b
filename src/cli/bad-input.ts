/** Something that the user gave is wrong; the message is the one sentence that they see. */
export class BadInput extends Error {
  override readonly name = "BadInput";
}
