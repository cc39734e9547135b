/** An expression that is right, perhaps, but has something in it that is not followed here. */
export class UnreadableRegex extends Error {
  override readonly name = "UnreadableRegex";
}
