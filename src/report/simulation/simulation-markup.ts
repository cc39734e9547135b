const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text as it stands in XML and HTML, also inside an attribute. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/gu, (character) => entities[character] ?? character);
}

/** ` name="value"` for each; numbers are rounded to what a picture shows. */
export function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const text = typeof value === "number" ? String(Number(value.toFixed(2))) : value;
      return ` ${name}="${escapeXml(text)}"`;
    })
    .join("");
}

/** About how wide a text is, in the unit of its size; rather too much than too little. */
export function textWidth(text: string, size: number): number {
  return text.length * size * 0.6;
}
