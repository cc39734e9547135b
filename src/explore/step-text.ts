import type { Guard, SharedState, SlotMove, SystemMove } from "../compile/compiled-system.ts";
import type { Scope } from "../compile/scope.ts";
import { afterMove, type After } from "./after-text.ts";
import { findingsText } from "./findings-text.ts";
import type { Gate } from "./gate.ts";
import type { Layout } from "./layout.ts";
import { agentBits } from "./move-kinds.ts";
import { edgeCode } from "./state-graph.ts";
import { StateText } from "./state-text.ts";
import { indented, lines } from "./text-lines.ts";

/** Scopes with more moves than this are left to the tables: so much text would not be worth its compilation. */
const mostMoves = 400;
/** Where slots are told apart, text is written for so many of them at most. */
const mostSlots = 32;

/** Whether text is written for a scope that is packed like this. */
export function hasStepText({ system }: Scope, { population, slots }: Layout): boolean {
  return (
    population !== "list" &&
    system.slotMoves.length + system.systemMoves.length <= mostMoves &&
    (population === "counts" || slots <= mostSlots)
  );
}

/** What a step does besides working out successors. */
interface Written {
  /** Whether transitions are kept. */
  readonly keeps: boolean;
  /** Whether states are judged. */
  readonly judges: boolean;
}

/** Writes the body of a function that works out the successors of a state, for one scope and one layout. */
class StepText {
  readonly #scope: Scope;
  readonly #layout: Layout;
  readonly #gate: Gate;
  readonly #keeps: boolean;
  readonly #judges: boolean;
  readonly #state: StateText;
  readonly #conditions = new Map<string, string>();

  constructor(scope: Scope, layout: Layout, gate: Gate, { keeps, judges }: Written) {
    this.#scope = scope;
    this.#layout = layout;
    this.#gate = gate;
    this.#keeps = keeps;
    this.#judges = judges;
    this.#state = new StateText(scope, layout);
  }

  write(): string {
    const { population } = this.#layout;
    const gauge = this.#scope.system.vocabulary.gauges[0]?.quantity;
    const up = gauge === undefined ? "0" : this.#state.quantity(gauge);
    const body = [
      ...(population === "counts" ? this.#places() : this.#slots()),
      ...this.#scope.system.systemMoves.flatMap((move) => this.#systemMove(move)),
    ];
    const judging = this.#judges ? findingsText(this.#scope, this.#state) : [];
    const conditions = [...this.#conditions].map(([text, name]) => `const ${name} = ${text};`);
    const ways = population === "counts";
    return lines([
      "const { states, sources, edges, counts } = successors;",
      ...(this.#judges
        ? ["const { findings } = successors;", "const { met, taken } = findings;"]
        : []),
      ...this.#state.tables(),
      "successors.written = (words, at) => {",
      ...indented([
        "const self = successors.self;",
        ...(this.#keeps ? ["let { targets, codes, edge } = successors;"] : []),
        "let n = successors.waiting;",
        "let followed = 0, loops = 0;",
        ...(ways ? ["let outgoing = 0, sites = 0;"] : []),
        ...(this.#judges ? ["let acting = 0;"] : []),
        ...this.#state.reading(),
        ...conditions,
        ...body,
        ...(this.#judges ? ["acting |= successors.acting;", ...judging] : []),
        "successors.waiting = n;",
        ...(this.#keeps ? ["successors.edge = edge;"] : []),
        "successors.followed += followed;",
        `successors.outgoing += ${ways ? "outgoing" : "followed"};`,
        "successors.loops += loops;",
        ...(ways
          ? ["successors.sites = sites;"]
          : [`successors.isAscending = ${this.#ascending()};`]),
        `successors.up = ${up};`,
      ]),
      "};",
    ]);
  }

  #ascending(): string {
    const pairs = Array.from(
      { length: this.#layout.slots - 1 },
      (_, slot) => `p${slot} <= p${slot + 1}`,
    );
    return pairs.length === 0 ? "true" : pairs.join(" && ");
  }

  /** Slots that are counted: the moves from each place, for all slots that are there. */
  #places(): readonly string[] {
    const { system } = this.#scope;
    return system.places.flatMap(({ id, name }) => [
      `if (c${id} !== 0) { // ${name}`,
      ...indented([
        `counts[sites++] = c${id};`,
        ...(system.movesFrom[id] ?? []).flatMap((move) => this.#slotMove(move)),
      ]),
      "}",
    ]);
  }

  /** Slots that are told apart: those of a word one after another. */
  #slots(): readonly string[] {
    const { system } = this.#scope;
    return this.#state
      .slotsByWord()
      .flatMap(({ word, first, count, bits }) => [
        `for (let slot = ${first}, by = 0; slot < ${first + count}; slot++, by += ${bits}) {`,
        ...indented([
          `switch (w${word} >>> by & ${2 ** bits - 1}) {`,
          ...indented(
            system.places.flatMap(({ id, name }) => [
              `case ${id}: // ${name}`,
              ...indented([
                ...(system.movesFrom[id] ?? []).flatMap((move) => this.#slotMove(move, word)),
                "break;",
              ]),
            ]),
          ),
          "}",
        ]),
        "}",
      ]);
  }

  /** @param word the word of the slot, where slots are told apart */
  #slotMove(move: SlotMove, word: number | null = null): readonly string[] {
    const ways = word === null ? `c${move.from}` : "1";
    const slow = this.#slow(move.id, word === null ? String(move.from) : "slot");
    if (move.others.length > 0 || move.resets.length > 0) return this.#where(move, slow);
    const put = this.#put(
      move,
      move.id,
      ways,
      word !== null,
      afterMove(move, word, this.#layout, this.#state),
    );
    return this.#where(move, this.#unlessGated(move.id, slow, put));
  }

  #systemMove(move: SystemMove): readonly string[] {
    const id = this.#scope.system.slotMoves.length + move.id;
    const slow = this.#slow(id, "-1");
    const isPlain =
      move.everySlot === null && move.assigns.length === 0 && move.counterChanges.length === 0;
    if (!isPlain) return this.#where(move, slow);
    return this.#where(
      move,
      this.#unlessGated(
        id,
        slow,
        this.#put(move, id, "1", false, afterMove(move, null, this.#layout, this.#state)),
      ),
    );
  }

  #where(move: SlotMove | SystemMove, taken: readonly string[]): readonly string[] {
    const condition = this.#condition(move.needs, move.guard);
    if (condition === "false") return [];
    return [
      condition === "true" ? `{ // ${move.action}` : `if (${condition}) { // ${move.action}`,
      ...indented(taken),
      "}",
    ];
  }

  /** The name of a condition; it is decided once for a state. */
  #condition(needs: readonly SharedState[], guards: readonly Guard[]): string {
    const texts = [
      ...needs.map(({ machine, state }) => this.#state.isIn(machine, state)),
      ...guards.map((guard) => this.#state.compares(guard)),
    ].filter((text) => text !== "true");
    if (texts.includes("false")) return "false";
    if (texts.length === 0) return "true";
    const text = texts.join(" && ");
    const name = this.#conditions.get(text) ?? `k${this.#conditions.size}`;
    this.#conditions.set(text, name);
    return name;
  }

  /** Leaves a move to the tables, since what it does is not the same wherever it is taken. */
  #slow(move: number, site: string): readonly string[] {
    const edge = this.#keeps ? "successors.edge = edge; " : "";
    const edges = this.#keeps ? " ({ targets, codes, edge } = successors);" : "";
    return [
      `successors.waiting = n; ${edge}successors.leave(words, at, ${move}, ${site}); n = successors.waiting;${edges}`,
    ];
  }

  #unlessGated(move: number, slow: readonly string[], put: readonly string[]): readonly string[] {
    const { gate } = this.#scope.system;
    if (gate === null) return put;
    const opens = gate.guard.map((guard, index) =>
      this.#state.compares(guard, this.#gate.adds(move, index)),
    );
    if (opens.length === 0) return slow;
    return [`if (${opens.join(" && ")}) {`, ...indented(slow), "} else {", ...indented(put), "}"];
  }

  /** What is taken down of a move that is enabled. */
  #taken({ violates }: SlotMove | SystemMove, move: number): readonly string[] {
    if (!this.#judges) return [];
    const offence = violates.length > 0 ? [`findings.offend(${move}, self);`] : [];
    return [`taken[${move}] = 1;`, ...offence];
  }

  #put(
    taken: SlotMove | SystemMove,
    move: number,
    ways: string,
    hasSlot: boolean,
    { words, same, checks: limits }: After,
  ): readonly string[] {
    const checks = [...limits, ...this.#taken(taken, move)];
    const counted = this.#layout.population === "counts" ? ` outgoing += ${ways};` : "";
    const code = (identity: boolean): string => {
      const text = String(edgeCode(move, 0, identity, false));
      return hasSlot ? `${text} + (slot << 2)` : text;
    };
    const loop = [
      ...(this.#keeps ? [`targets[edge] = self; codes[edge++] = ${code(true)};`] : []),
      `followed++; loops += ${ways};${counted}`,
    ];
    const width = words.length;
    const at = (index: number): string =>
      width === 1 ? "n" : index === 0 ? `n * ${width}` : `n * ${width} + ${index}`;
    const other = [
      ...words.map((text, index) => `states[${at(index)}] = ${text};`),
      ...(this.#keeps
        ? [`sources[n] = self; edges[n] = edge; codes[edge++] = ${code(false)};`]
        : []),
      `n++; followed++;${counted}${this.#judges ? ` acting |= ${agentBits([taken.agent])};` : ""}`,
    ];
    if (same === true) return [...checks, ...loop];
    if (same === false) return [...checks, ...other];
    return [...checks, `if (${same}) {`, ...indented(loop), "} else {", ...indented(other), "}"];
  }
}

/**
 * The text of a step: the body of a function of `successors` that gives it a function of its own for this scope, by which
 * the successors of a state are worked out.
 *
 * @param written what the step does besides
 */
export function stepText(scope: Scope, layout: Layout, gate: Gate, written: Written): string {
  return new StepText(scope, layout, gate, written).write();
}
