// What a colour begins with: the escape character, or what becomes of it in journals, JSON, tickets and terminals.
const escape = String.fromCharCode(27);
const beginnings = [
  escape,
  String.raw`\^\[`,
  String.raw`\\x1b`,
  String.raw`\\u001b`,
  String.raw`\\033`,
  String.raw`\\e`,
  "#033",
  "\u241b",
  "\ufffd",
].join("|");
const colour = new RegExp(String.raw`(?:${beginnings})?\[\d{0,3}(?:;\d{1,3})*m`, "gi");

/** A line without the sequences that make colours, also where the escape character got lost on the way. */
export function withoutColours(line: string): string {
  // Most lines have none, and a line without an "m" behind a digit cannot have one.
  return line.includes("m") ? line.replaceAll(colour, "") : line;
}
