import { BufferRules, countOf, totalOf, type Settings, type State } from "./buffer-rules.ts";

function runs({ phase, backend }: State): boolean {
  return phase === "run" && backend === "up";
}

interface Node {
  readonly state: State;
  readonly depth: number;
  readonly engine: Set<string>;
}

const worked = ["queued", "writing", "writing2", "emitting", "pending"];
const ending = ["stop", "flush", "drain", "join"];

/** The states from which engine actions can lead to one of these; `within` says through which. */
function leadingTo(
  nodes: ReadonlyMap<string, Node>,
  goals: readonly string[],
  within: (state: State) => boolean,
): ReadonlySet<string> {
  const reached = new Set(goals);
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const [key, { engine, state }] of nodes) {
      if (reached.has(key) || !within(state)) continue;
      if ([...engine].some((next) => reached.has(next))) reached.add(key);
    }
  }
  return reached;
}

/** Whether engine actions alone, in `run` with the backend up, can go round for ever: section 5 says that they cannot. */
function goesRound(nodes: ReadonlyMap<string, Node>): boolean {
  const left = new Map([...nodes].filter(([, { state }]) => runs(state)));
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [key, { engine }] of left) {
      if (![...engine].some((next) => left.has(next))) left.delete(key);
    }
  }
  return left.size > 0;
}

/** Judges the properties of section 5. */
function judged(
  nodes: ReadonlyMap<string, Node>,
  rules: BufferRules,
  { L, mode }: Settings,
  lossAt: number | null,
): readonly string[] {
  const all = [...nodes].map(([key, node]) => ({ key, ...node }));
  const where = (is: (node: (typeof all)[number]) => boolean): number | null => {
    const depths = all.filter(is).map(({ depth }) => depth);
    return depths.length === 0 ? null : Math.min(...depths);
  };
  const isDead = ({ state, engine }: Node): boolean => runs(state) && engine.size === 0;
  const isStuck = (state: State): boolean => {
    const staged = mode !== "lazy" || !rules.storable(state) ? countOf(state, "staged") : 0;
    return countOf(state, ...worked) + staged > 0;
  };
  const isShutOut = (state: State): boolean =>
    countOf(state, "waiting", "entering") > 0 || !rules.storable(state);
  const bad = all.filter((one) => isDead(one) && (isStuck(one.state) || isShutOut(one.state)));
  const keys = (some: readonly { readonly key: string }[]): readonly string[] =>
    some.map(({ key }) => key);
  const toBad = leadingTo(nodes, keys(bad), runs);
  const off = keys(all.filter(({ state }) => state.phase === "off"));
  const toOff = leadingTo(nodes, off, ({ phase }) => ending.includes(phase));
  const lengths: readonly [string, number | null][] = [
    ["noLoss", lossAt],
    ["limitHolds", where(({ state }) => totalOf(state) > L)],
    ["neverStuck", where((one) => isDead(one) && isStuck(one.state))],
    ["producersResume", where((one) => isDead(one) && isShutOut(one.state))],
    ["shutdownEnds", where(({ key, state }) => ending.includes(state.phase) && !toOff.has(key))],
    ["recovery", where(({ key, state }) => runs(state) && toBad.has(key))],
  ];
  return lengths.flatMap(([name, length]) => (length === null ? [] : [`${name} ${length}`]));
}

/**
 * What the page's rules come to in a scope, in the words of its table, with the properties in the order of its rows.
 *
 * @throws Error if engine actions can go round for ever in `run` with the backend up
 */
export function bufferOracle(settings: Settings): string {
  const rules = new BufferRules(settings);
  const nodes = new Map<string, Node>();
  const meet = (state: State, depth: number): string => {
    const key = JSON.stringify(state);
    if (!nodes.has(key)) nodes.set(key, { state, depth, engine: new Set() });
    return key;
  };
  meet(rules.initial, 0);
  let transitions = 0;
  let selfLoops = 0;
  let lossAt: number | null = null;
  for (const [key, { state, depth, engine }] of nodes) {
    for (const { after, engine: isEngine, lost } of rules.steps(state)) {
      const next = meet(after, depth + 1);
      transitions++;
      if (next === key) selfLoops++;
      else if (isEngine) engine.add(next);
      if (lost) lossAt ??= depth + 1;
    }
  }
  if (goesRound(nodes)) throw new Error("engine actions go round for ever");
  const canonical = new Set(
    [...nodes.values()].map(({ state }) =>
      JSON.stringify({ ...state, slots: state.slots.toSorted() }),
    ),
  );
  const most = Math.max(...[...nodes.values()].map(({ state }) => totalOf(state)));
  const violated = judged(nodes, rules, settings, lossAt).join(", ");
  return [nodes.size, canonical.size, transitions, selfLoops, most, violated || "–"].join(" | ");
}
