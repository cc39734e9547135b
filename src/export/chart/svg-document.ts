import { chartStyle } from "./chart-style.ts";
import { xml } from "./text.ts";

/** What every drawing has. */
export interface SvgDocument {
  /** Unique among the drawings, made of letters, digits, dots and dashes. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly body: readonly string[];
}

/** An SVG file that stands alone, can be read aloud and suits light and dark pages. */
export function svgDocument(drawing: SvgDocument): string {
  const { id, title, description, width, height, body } = drawing;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="unstuck-chart" role="img" aria-labelledby="${id}-title ${id}-desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title id="${id}-title">${xml(title)}</title>`,
    `<desc id="${id}-desc">${xml(description)}</desc>`,
    `<style>\n${chartStyle}\n</style>`,
    `<rect class="paper" width="${width}" height="${height}" rx="8"/>`,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

/** A line of text; the part that says what it is decides its colour. */
export function svgText(
  text: string,
  at: { readonly x: number; readonly y: number; readonly size: number },
  classes: string,
  anchor: "start" | "middle" = "start",
): string {
  const anchored = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  return `<text class="${classes}" x="${at.x}" y="${at.y}" font-size="${at.size}"${anchored}>${xml(text)}</text>`;
}
