import { countOf, QueueRules, type Settings, type State } from "./queue-rules.ts";

interface Node {
  readonly state: State;
  readonly depth: number;
  readonly engine: Set<string>;
}

const stored = ["queued", "hole", "exporting", "backoff", "left", "held"];

/** Judges the properties of section 5, in the order of the page. */
function judged(
  nodes: ReadonlyMap<string, Node>,
  rules: QueueRules,
  { Q, on }: Settings,
  lossAt: number | null,
): readonly string[] {
  const all = [...nodes].map(([key, node]) => ({ key, ...node }));
  const least = (depths: readonly number[]): number | null =>
    depths.length === 0 ? null : Math.min(...depths);
  const where = (is: (node: (typeof all)[number]) => boolean): number | null =>
    least(all.filter(is).map(({ depth }) => depth));
  const isOn = ({ phase, backend }: State): boolean =>
    (phase === "run" || phase === "close") && backend === "up";
  const dead = all.filter(({ state, engine }) => isOn(state) && engine.size === 0);
  const isStuck = (state: State): boolean => countOf(state, "queued", "exporting", "backoff") > 0;
  const isShutOut = (state: State): boolean =>
    countOf(state, "waiting", "cancelled", "woken") > 0 || rules.sizeOf(state) >= Q || state.jam;
  const bad = dead.filter(({ state }) => isStuck(state) || isShutOut(state));
  /** The states from which engine actions can lead to one of these. */
  const leadingTo = (goals: readonly string[]): ReadonlySet<string> => {
    const reached = new Set(goals);
    for (let before = -1; before !== reached.size;) {
      before = reached.size;
      for (const { key, engine } of all) {
        if (!reached.has(key) && [...engine].some((next) => reached.has(next))) reached.add(key);
      }
    }
    return reached;
  };
  const keysOf = (phase: string): readonly string[] =>
    all.filter(({ state }) => state.phase === phase).map(({ key }) => key);
  const toRun = leadingTo(keysOf("run"));
  const toOff = leadingTo(keysOf("off"));
  const toBad = leadingTo(bad.map(({ key }) => key));
  const lengths: readonly [string, number | null][] = [
    ["sizeBound", where(({ state }) => countOf(state, ...stored) > Q)],
    ["noLoss", lossAt],
    ["neverStuck", least(dead.filter(({ state }) => isStuck(state)).map(({ depth }) => depth))],
    [
      "producersResume",
      least(dead.filter(({ state }) => isShutOut(state)).map(({ depth }) => depth)),
    ],
    ["recovery", where(({ key, state }) => isOn(state) && toBad.has(key))],
    [
      "startEnds",
      where(({ key, state }) => ["load", "start"].includes(state.phase) && !toRun.has(key)),
    ],
    [
      "shutdownEnds",
      where(({ key, state }) => ["close", "stop"].includes(state.phase) && !toOff.has(key)),
    ],
    [
      "producersReleased",
      where(
        ({ state, engine }) =>
          state.phase === "off" &&
          engine.size === 0 &&
          countOf(state, "waiting", ...(on.has("waitForResult") ? ["queued"] : [])) > 0,
      ),
    ],
  ];
  return lengths.flatMap(([name, length]) => (length === null ? [] : [`${name} ${length}`]));
}

/** What the page's rules come to in a scope, in the words of its table. */
export function queueOracle(settings: Settings): string {
  const rules = new QueueRules(settings);
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
      if (isEngine) engine.add(next);
      if (lost) lossAt ??= depth + 1;
    }
  }
  const canonical = new Set(
    [...nodes.values()].map(({ state }) =>
      JSON.stringify({ ...state, slots: state.slots.toSorted() }),
    ),
  );
  const most = Math.max(...[...nodes.values()].map(({ state }) => countOf(state, ...stored)));
  const violated = judged(nodes, rules, settings, lossAt).join(", ");
  return [nodes.size, canonical.size, transitions, selfLoops, most, violated || "–"].join(" | ");
}
