import type { Band, Messages } from "../tell/messages.ts";
import { arrow, lineHeight, linesOf, widthOf, type Picture, type Shape } from "./picture.ts";

const labels = 206;
const padding = 8;
const between = 14;
const headHeight = 3 * lineHeight + 10;

interface Column {
  readonly x: number;
  readonly width: number;
}

/** What a machine does in a step: its event, and the state that it comes to. */
function cell({ event, from, to }: Band["moved"][number]): readonly string[] {
  const change = from === to ? `${to}, stays` : `→ ${to}`;
  return event === "" ? [change] : [event, change];
}

function columnsOf({ lines, bands }: Messages): readonly Column[] {
  let x = labels + between;
  return lines.map(({ owner, name, first }, line) => {
    const texts = bands.flatMap(({ moved }) =>
      moved.filter((one) => one.line === line).flatMap(cell),
    );
    const width = Math.max(...[owner, name, first, ...texts].map(widthOf)) + 2 * padding;
    const column = { x, width };
    x += width + between;
    return column;
  });
}

function text(line: string, x: number, y: number, looks: string, isStart = false): Shape {
  return { kind: "text", looks, x, y, anchor: isStart ? "start" : "middle", text: line };
}

function bandShapes(
  band: Band,
  columns: readonly Column[],
  top: number,
  height: number,
  isMarked: boolean,
): readonly Shape[] {
  const words = linesOf(`${band.step} ${band.words}`, labels - 2 * padding);
  const centre = top + height / 2;
  const cells = band.moved.flatMap((moved): readonly Shape[] => {
    const column = columns[moved.line];
    if (column === undefined) return [];
    const lines = cell(moved);
    const middle = column.x + column.width / 2;
    const boxHeight = lines.length * lineHeight + 6;
    const y = centre - boxHeight / 2;
    const looks = moved.from === moved.to ? "box stays" : "box moved";
    return [
      { kind: "box", looks, x: column.x, y, width: column.width, height: boxHeight },
      ...lines.map((line, row) =>
        text(
          line,
          middle,
          y + 15 + row * lineHeight,
          row === 0 && lines.length > 1 ? "mono event" : "mono",
        ),
      ),
    ];
  });
  const [first] = band.moved;
  const target = first === undefined ? undefined : columns[first.line];
  const last = columns[band.moved.at(-1)?.line ?? -1];
  return [
    ...(last === undefined || band.moved.length < 2
      ? []
      : [{ kind: "path" as const, looks: "arrow told", path: `M${labels} ${centre} H${last.x}` }]),
    ...(target === undefined
      ? []
      : arrow({ x: labels, y: centre }, { x: target.x, y: centre }, "told")),
    ...words.map((line, row) =>
      text(
        line,
        padding,
        centre + 4 + (row - (words.length - 1) / 2) * lineHeight,
        `sans ${isMarked ? "name " : ""}agent-${band.agent}`,
        true,
      ),
    ),
    ...cells,
  ];
}

/**
 * A message sequence chart: time downward, one band a step, the machines as columns, what each did in it.
 *
 * @param marked the step that is shown, if one is
 */
export function messagePicture(
  messages: Messages,
  title = "Messages",
  marked: number | null = null,
): Picture {
  const { lines, bands } = messages;
  const columns = columnsOf(messages);
  const lastColumn = columns.at(-1);
  const width = (lastColumn === undefined ? labels : lastColumn.x + lastColumn.width) + between;
  const heights = bands.map(({ step, words }) => {
    const rows = linesOf(`${step} ${words}`, labels - 2 * padding).length;
    return Math.max(2, rows) * lineHeight + 16;
  });
  const tops = heights.map((_, index) =>
    heights.slice(0, index).reduce((sum, one) => sum + one, headHeight),
  );
  const height = heights.reduce((sum, one) => sum + one, headHeight) + 8;
  const stripes = bands.flatMap(({ step }, index): readonly Shape[] => {
    const looks = step === marked ? "band now" : index % 2 === 0 ? "band" : "";
    const [y = 0, high = 0] = [tops[index], heights[index]];
    return looks === "" ? [] : [{ kind: "box", looks, x: 0, y, width, height: high }];
  });
  const heads = lines.flatMap(({ owner, name, first }, line): readonly Shape[] => {
    const { x = 0, width: wide = 0 } = columns[line] ?? {};
    const middle = x + wide / 2;
    return [
      { kind: "path", looks: "rule", path: `M${middle} ${headHeight} V${height - 4}` },
      text(owner, middle, 15, "sans name"),
      text(name, middle, 15 + lineHeight, "sans name"),
      text(first, middle, 15 + 2 * lineHeight, "mono note"),
    ];
  });
  const steps = bands.map(({ step, words, tells }) => `${step}. ${words}: ${tells}`);
  return {
    title,
    description: steps.length === 0 ? "No step was taken." : steps.join("; "),
    width,
    height,
    shapes: [
      ...stripes,
      ...heads,
      ...bands.flatMap((band, index) =>
        bandShapes(band, columns, tops[index] ?? 0, heights[index] ?? 0, band.step === marked),
      ),
    ],
  };
}
