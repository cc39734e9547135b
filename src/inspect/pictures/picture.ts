/** A part of a picture. Its class says what it is; a style sheet says how that looks, in light and in dark. */
export type Shape =
  | {
      readonly kind: "box";
      readonly looks: string;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    }
  /** A line through points, or with `head` the filled head of an arrow. */
  | { readonly kind: "path"; readonly looks: string; readonly path: string }
  | {
      readonly kind: "text";
      readonly looks: string;
      readonly x: number;
      readonly y: number;
      readonly anchor: "start" | "middle" | "end";
      readonly text: string;
    };

/** A drawing without a format: the page draws it, and so does `unstuck chart`. Units are pixels. */
export interface Picture {
  readonly title: string;
  /** What it says, for those who cannot see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** The size of every text in a picture. */
const textSize = 13;

/** The distance of two lines of text. */
export const lineHeight = 17;

/** An upper estimate of how wide a text becomes, in whatever font the reader has. */
export function widthOf(text: string): number {
  return Math.ceil(text.length * textSize * 0.58);
}

/** Breaks a text between words into lines of at most this width, where words allow it. */
export function linesOf(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || widthOf(longer) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A straight arrow. */
export function arrow(from: Point, to: Point, looks: string): readonly Shape[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const back = { x: to.x - 9 * dx, y: to.y - 9 * dy };
  const at = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const side = (sign: number): Point => ({ x: back.x - 4 * sign * dy, y: back.y + 4 * sign * dx });
  return [
    { kind: "path", looks: `arrow ${looks}`, path: `M${at(from)} L${at(back)}` },
    {
      kind: "path",
      looks: `head ${looks}`,
      path: `M${at(to)} L${at(side(1))} L${at(side(-1))} Z`,
    },
  ];
}
