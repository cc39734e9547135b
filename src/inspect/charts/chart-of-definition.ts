import type { Chart, ChartTransition } from "./chart.ts";

interface Node {
  readonly path: string;
  readonly id: string;
  readonly config: Readonly<Record<string, unknown>>;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  return isRecord(value) && typeof value["type"] === "string" ? value["type"] : "";
}

function nodesOf(node: Node): readonly Node[] {
  const { states } = node.config;
  if (!isRecord(states)) return [node];
  return [
    node,
    ...Object.entries(states).flatMap(([key, config]) => {
      if (!isRecord(config)) return [];
      const path = node.path === "" ? key : `${node.path}.${key}`;
      return nodesOf({ path, id: text(config["id"]) || `${node.id}.${key}`, config });
    }),
  ];
}

/** The state that a target names: a sibling, `.child`, or `#id`. Going into a nested state means its initial one. */
function resolve(target: string, from: Node, nodes: readonly Node[]): string {
  const parent = from.path.includes(".") ? from.path.slice(0, from.path.lastIndexOf(".")) : "";
  const path = target.startsWith(".")
    ? `${from.path}${from.path === "" ? target.slice(1) : target}`
    : parent === ""
      ? target
      : `${parent}.${target}`;
  let found = target.startsWith("#")
    ? nodes.find(({ id }) => id === target.slice(1))
    : nodes.find((node) => node.path === path);
  while (found !== undefined && typeof found.config["initial"] === "string") {
    const inside = `${found.path}${found.path === "" ? "" : "."}${found.config["initial"]}`;
    const next = nodes.find((node) => node.path === inside);
    if (next === undefined) break;
    found = next;
  }
  return found?.path ?? target;
}

function transitionsOf(
  node: Node,
  event: string,
  value: unknown,
  nodes: readonly Node[],
): readonly ChartTransition[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.map((one) => {
    const config = isRecord(one) ? one : {};
    const raw: unknown = typeof one === "string" ? one : config["target"];
    const target: unknown = Array.isArray(raw) ? raw[0] : raw;
    return {
      from: node.path,
      to: typeof target === "string" ? resolve(target, node, nodes) : node.path,
      event,
      guard: text(config["guard"]),
      description: text(config["description"]),
    };
  });
}

/**
 * The picture of a machine from its XState definition: as the model has it, or as an inspected actor sends it. States
 * of a nested machine are flattened, `parent.child`; what cannot be read is left out.
 */
export function chartOfDefinition(role: string, definition: unknown): Chart {
  if (!isRecord(definition)) return { role, states: [], transitions: [] };
  const root: Node = { path: "", id: text(definition["id"]) || role, config: definition };
  const nodes = nodesOf(root);
  const inner = nodes.filter(({ config }) => !isRecord(config["states"]));
  const initial = resolve("#" + root.id, root, nodes);
  const states = inner
    .filter(({ path }) => path !== "")
    .sort((a, b) => Number(b.path === initial) - Number(a.path === initial))
    .map(({ path, config }) => ({ name: path, description: text(config["description"]) }));
  const transitions = nodes.flatMap((node) => {
    const { on, always, after } = node.config;
    return [
      ...(isRecord(on) ? Object.entries(on) : []),
      ...(isRecord(after)
        ? Object.entries(after).map(([delay, value]): [string, unknown] => [
            `after ${delay}`,
            value,
          ])
        : []),
      ...(always === undefined ? [] : [["always", always] as const]),
    ].flatMap(([event, value]) => transitionsOf(node, event, value, nodes));
  });
  // What leaves a state with states inside leaves each of them.
  const spread = transitions.flatMap((one): readonly ChartTransition[] =>
    states
      .filter(({ name }) => name === one.from || one.from === "" || name.startsWith(`${one.from}.`))
      .map(({ name }) => ({ ...one, from: name, to: one.to === one.from ? name : one.to })),
  );
  return { role, states, transitions: spread };
}
