import { svgDocument } from "./svg-document.ts";
import { xml } from "./text.ts";

/** A part of a picture, with the classes that say what it is: as `inspect` draws it, of which `export` may know nothing. */
type DrawnShape =
  | {
      readonly kind: "box";
      readonly looks: string;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: "path"; readonly looks: string; readonly path: string }
  | {
      readonly kind: "text";
      readonly looks: string;
      readonly x: number;
      readonly y: number;
      readonly anchor: string;
      readonly text: string;
    };

/** A picture without a format, as the pages have it. */
interface DrawnPicture {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly DrawnShape[];
}

const colours = (wanted: string, held: string): string =>
  `.unstuck-chart .arrow.wanted{stroke:${wanted}}.unstuck-chart .head.wanted,.unstuck-chart text.wanted{fill:${wanted}}` +
  `.unstuck-chart .arrow.held{stroke:${held}}.unstuck-chart .head.held,.unstuck-chart text.held{fill:${held}}`;

/** What pictures have besides what charts have: who waits is red and dashed, who holds is not. */
const style = [
  ".unstuck-chart .arrow.wanted{stroke-dasharray:6 4}",
  colours("#a61b1b", "#5b3aa8"),
  `@media (prefers-color-scheme:dark){${colours("#ff8d85", "#c4adff")}}`,
].join("\n");

function drawn(shape: DrawnShape): string {
  switch (shape.kind) {
    case "box":
      return `<rect class="${shape.looks}" x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}"${shape.looks.startsWith("box") ? ' rx="6"' : ""}/>`;
    case "path":
      return `<path class="${shape.looks}" d="${shape.path}"/>`;
    case "text":
      return `<text class="${shape.looks}" x="${shape.x}" y="${shape.y}" font-size="13" text-anchor="${shape.anchor}">${xml(shape.text)}</text>`;
  }
}

/**
 * A picture as an SVG file that stands alone.
 *
 * @param id unique among the drawings of a page
 */
export function pictureSvg(id: string, picture: DrawnPicture): string {
  const { title, description, width, height, shapes } = picture;
  const body = [`<style>\n${style}\n</style>`, ...shapes.map(drawn)];
  return svgDocument({ id, title, description, width, height, body });
}
