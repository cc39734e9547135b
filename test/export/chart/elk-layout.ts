import elkjs, { type ElkExtendedEdge, type ElkNode } from "elkjs/lib/elk.bundled.js";
import type { Statechart } from "../../../src/export/chart/statechart.ts";
import { arrows, stateBoxes } from "../../../src/export/chart/statechart-boxes.ts";
import type { Box, Point, StatechartLayout } from "../../../src/export/chart/statechart-layout.ts";

const elk = new elkjs.default();

const options = {
  "elk.algorithm": "layered",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.cycleBreaking.strategy": "MODEL_ORDER",
  "elk.layered.crossingMinimization.forceNodeModelOrder": "false",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.spacing.nodeNodeBetweenLayers": "24",
  "elk.layered.spacing.edgeNodeBetweenLayers": "14",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "12",
  "elk.spacing.nodeNode": "28",
  "elk.spacing.edgeNode": "16",
  "elk.spacing.edgeEdge": "14",
  "elk.spacing.edgeLabel": "4",
  "elk.padding": "[top=8,left=8,bottom=8,right=8]",
};

function round(value: number | undefined): number {
  return Math.round((value ?? 0) * 10) / 10;
}

function pointsOf(edge: ElkExtendedEdge | undefined): readonly Point[] {
  return (edge?.sections ?? [])
    .flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint])
    .map(({ x, y }) => ({ x: round(x), y: round(y) }));
}

function boxOf(shape: Partial<Box> | undefined): Box {
  return {
    x: round(shape?.x),
    y: round(shape?.y),
    width: round(shape?.width),
    height: round(shape?.height),
  };
}

async function layOut(chart: Statechart, direction: "RIGHT" | "DOWN"): Promise<StatechartLayout> {
  const boxes = stateBoxes(chart);
  const drawn = arrows(chart);
  const graph: ElkNode = {
    id: "chart",
    layoutOptions: { ...options, "elk.direction": direction },
    children: [
      { id: "dot", width: 12, height: 12 },
      ...boxes.map(({ state, width, height }) => ({ id: `state ${state.name}`, width, height })),
    ],
    edges: [
      { id: "start", sources: ["dot"], targets: [`state ${chart.initial}`] },
      ...drawn.map(({ from, to, width, height }) => ({
        id: `${from} ${to}`,
        sources: [`state ${from}`],
        targets: [`state ${to}`],
        labels: [
          {
            text: `${from} ${to}`,
            width,
            height,
            layoutOptions: { "elk.edgeLabels.inline": "true" },
          },
        ],
      })),
    ],
  };
  const { width, height, children, edges } = await elk.layout(graph);
  const edgeOf = (id: string): ElkExtendedEdge | undefined => edges?.find((edge) => edge.id === id);
  return {
    width: Math.ceil(width ?? 0),
    height: Math.ceil(height ?? 0),
    dot: boxOf(children?.find(({ id }) => id === "dot")),
    start: pointsOf(edgeOf("start")),
    states: boxes.map(({ state }) =>
      boxOf(children?.find(({ id }) => id === `state ${state.name}`)),
    ),
    arrows: drawn.map(({ from, to }) => {
      const edge = edgeOf(`${from} ${to}`);
      return { points: pointsOf(edge), label: boxOf(edge?.labels?.[0]) };
    }),
  };
}

/** The layout of a statechart: to the right or downwards, whichever fits the width and needs less room; the narrower where none fits. */
export async function elkLayout(chart: Statechart, mostWidth: number): Promise<StatechartLayout> {
  const layouts = [await layOut(chart, "RIGHT"), await layOut(chart, "DOWN")];
  const room = ({ width, height }: StatechartLayout): number =>
    width > mostWidth ? 1e9 * width : width * height;
  const [best] = layouts.sort((a, b) => room(a) - room(b));
  if (best === undefined) throw new Error("there is no layout");
  return best;
}
