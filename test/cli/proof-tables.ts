/** What is refuted, by shape and release: each property with the condition, as a table in Markdown says it. */
export function refutedIn(markdown: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const conditions = new Map(
    [...markdown.matchAll(/^- \((\w)\) (.*)$/gm)].map(([, letter = "", text = ""]) => [
      letter,
      text,
    ]),
  );
  const refuted = new Map<string, Record<string, string>>();
  for (const section of markdown.split(/^### /m).slice(1)) {
    const [title = "", ...lines] = section.split("\n");
    const [heading = [], , ...rows] = lines
      .filter((line) => line.startsWith("| "))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    for (const [, property = "", ...cells] of rows) {
      cells.slice(0, -1).forEach((cell, index) => {
        const system = `${title}: ${heading[index + 2] ?? "?"}`;
        const own = refuted.get(system) ?? {};
        refuted.set(system, own);
        if (cell === "proved") return;
        const letter = /^iff \((\w)\)$/.exec(cell)?.[1] ?? "";
        own[property] = conditions.get(letter) ?? cell;
      });
    }
  }
  return refuted;
}
