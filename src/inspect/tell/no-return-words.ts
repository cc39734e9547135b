/** What cannot happen any more after the point of no return of a violation, as a clause. */
export function noReturnWords(property: string): string {
  switch (property) {
    case "isolation":
      return "while the offline output stays away, the online one is cut off for good";
    case "neverStuck":
    case "recovery":
      return "recovery is impossible, short of a restart";
    default:
      return `what ${property} demands cannot happen any more, short of a restart`;
  }
}
