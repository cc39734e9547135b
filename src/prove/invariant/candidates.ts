import { entryAt } from "../../errors/checked-access.ts";
import type { LinearBound } from "../../../models/description.ts";
import {
  boundOf,
  chunks,
  guardFormula,
  sharedIs,
  sharedName,
  type CountedSystem,
} from "../counted/counting.ts";
import { flows } from "../counted/flows.ts";
import {
  all,
  atLeast,
  atMost,
  equal,
  formulaKey,
  not,
  some,
  truth,
  variablesOf,
  type Formula,
} from "../logic/formula.ts";
import {
  constant,
  linearKey,
  linearText,
  minus,
  sum,
  variable,
  type Linear,
} from "../logic/linear.ts";

/** Something that might be true in every reachable state. */
export interface Candidate {
  readonly words: string;
  readonly formula: Formula;
  /** Whether it is so plain (a count is not negative) that tables leave it out. */
  readonly plain: boolean;
}

interface Named {
  readonly name: string;
  readonly linear: Linear;
  readonly kind: "total" | "counter";
  readonly family: string;
  readonly output: number | null;
}

/** Each total and counter, and the sum over the outputs of each that exists once for each. */
function vocabularyOf({ system, quantities }: CountedSystem): {
  readonly single: readonly Named[];
  readonly sums: readonly Named[];
} {
  const single = system.quantities.flatMap(({ kind, name, output }, index): Named[] => {
    const linear = quantities[index];
    if (linear === undefined) return [];
    const shown = output === null ? name : `${name} ${output}`;
    return [{ name: shown, linear, kind, family: name, output }];
  });
  const families = [
    ...new Set(single.filter(({ output }) => output !== null).map(({ family }) => family)),
  ];
  const sums = families.map((family): Named => {
    const members = single.filter((one) => one.family === family);
    return {
      name: members.map(({ name }) => name).join(" + "),
      linear: sum(...members.map(({ linear }) => linear)),
      kind: members[0]?.kind ?? "total",
      family,
      output: null,
    };
  });
  return { single, sums };
}

/** The multiples of limits that guards, counters and properties of the description speak of. */
export function boundsOf({ system, absent }: CountedSystem): readonly Linear[] {
  const bounds: LinearBound[] = [
    ...system.slotMoves.flatMap(({ guard }) => guard.map(({ bound }) => bound)),
    ...system.quantities.flatMap(({ bound }) => bound ?? []),
    ...system.stateProperties.flatMap(({ requires }) => requires.map(({ bound }) => bound)),
  ];
  const zeros = Object.fromEntries(
    system.limits.flatMap(({ name, symbol }) => (absent.has(symbol) ? [[name, 0]] : [])),
  );
  const found = new Map<string, Linear>([["", constant(0)]]);
  for (const bound of bounds) {
    const own = { ...bound, ...zeros };
    const plain = boundOf({ ...own, constant: 0 }, system);
    found.set(plain.terms.size === 0 ? "" : linearKey(plain), plain);
    // What a guard keeps one below a limit stays one below it.
    const exact = boundOf(own, system);
    if (plain.terms.size > 0 && bound.constant !== 0) found.set(linearKey(exact), exact);
  }
  return [...found.values()];
}

interface Kind {
  readonly name: string;
  readonly linear: Linear;
}

/** The places by what they have in common for every output, e.g. all in which an old chunk is down. */
function kindsOfPlaces({ system, placeNames }: CountedSystem): readonly Kind[] {
  const kinds = new Map<string, Linear[]>();
  for (const { id, machines } of system.places) {
    const name = machines
      .filter(({ output }) => output === null)
      .map(({ state }) => state.value)
      .join(" ");
    const place = variable(entryAt(placeNames, id));
    kinds.set(name, [...(kinds.get(name) ?? []), place]);
  }
  return [...kinds].map(([name, places]) => ({ name, linear: sum(...places) }));
}

/** Statements that may be invariants, made from the description's own quantities and bounds. */
export function candidatesOf(counted: CountedSystem): readonly Candidate[] {
  const { system, placeNames, quantities } = counted;
  const candidates: Candidate[] = [];
  const plain = (words: string, formula: Formula): void => {
    candidates.push({ words, formula, plain: true });
  };
  const propose = (words: string, formula: Formula): void => {
    if (formula !== truth) candidates.push({ words, formula, plain: false });
  };

  for (const name of placeNames) plain(`${name} >= 0`, atLeast(variable(name), constant(0)));
  plain(
    "every slot is in one place",
    equal(sum(...placeNames.map((name) => variable(name))), chunks),
  );
  for (const counter of system.counters) {
    const linear = entryAt(quantities, counter);
    plain(`${linearText(linear)} >= 0`, atLeast(linear, constant(0)));
  }
  system.shared.forEach(({ table }, machine) => {
    const state = variable(sharedName(system, machine));
    plain(
      `${sharedName(system, machine)} exists`,
      all(atLeast(state, constant(0)), atMost(state, constant(table.states.length - 1))),
    );
    plain(`${sharedName(system, machine)} never changes`, equal(state, constant(0)));
  });

  const { single, sums } = vocabularyOf(counted);
  const bounds = boundsOf(counted);
  for (const { name, linear } of [...single, ...sums]) {
    for (const bound of bounds) {
      propose(`${name} <= ${linearText(bound)}`, atMost(linear, bound));
    }
  }
  for (const counter of single.filter(({ kind }) => kind === "counter")) {
    for (const total of single.filter(
      ({ kind, output }) => kind === "total" && output === counter.output,
    )) {
      propose(`${counter.name} >= ${total.name}`, atLeast(counter.linear, total.linear));
      propose(`${counter.name} <= ${total.name}`, atMost(counter.linear, total.linear));
    }
  }
  const { running } = system.vocabulary;
  const mayStop = system.systemMoves.some(({ sets }) =>
    sets.some(({ machine, state }) => machine === running.machine && state !== running.state),
  );
  for (const total of single.filter(({ kind, output }) => kind === "total" && output === null)) {
    for (const family of sums) {
      for (const bound of bounds) {
        const right =
          bound.terms.size === 0 ? family.name : `${linearText(bound)} + ${family.name}`;
        const formula = atMost(minus(total.linear, family.linear), bound);
        propose(`${total.name} <= ${right}`, formula);
        // What the stop itself undoes may still have held until then.
        if (mayStop) {
          const stopped = not(sharedIs(system, running));
          propose(`${total.name} <= ${right}, while the engine runs`, some(stopped, formula));
        }
      }
    }
  }
  for (const property of system.stateProperties) {
    const required = all(...property.requires.map((one) => guardFormula(one, counted)));
    const about = property.output === null ? property.name : `${property.name} ${property.output}`;
    propose(about, some(...property.while.map((one) => not(sharedIs(system, one))), required));
  }
  if (system.gate !== null) {
    const { gate } = system;
    const opens = all(...gate.guard.map((one) => guardFormula(one, counted)));
    const moved = gate.everySlot.to.flatMap((to, from) =>
      to === from ? [] : [variable(entryAt(placeNames, from))],
    );
    propose(
      `the ${gate.name} has nothing left to do`,
      some(not(opens), atMost(sum(...moved), constant(0))),
    );
  }
  const kinds = kindsOfPlaces(counted);
  const reserved = bounds.filter(({ constant: by, terms }) => by !== 0 && terms.size > 0);
  for (const { name, linear } of kinds) {
    for (const bound of reserved) {
      propose(`${name} <= ${linearText(bound)}`, atMost(linear, bound));
    }
  }
  kinds.forEach((one, index) => {
    for (const other of kinds.slice(index)) {
      const nobody = (kind: Kind): Formula => atMost(kind.linear, constant(0));
      if (one === other) propose(`never ${one.name}`, nobody(one));
      else propose(`never both ${one.name} and ${other.name}`, some(nobody(one), nobody(other)));
    }
  });
  for (const flow of flows(counted)) {
    const text = flow.kind === "equals0" ? `${linearText(flow.linear)} = 0` : "";
    propose(text.replaceAll("#", ""), flow);
  }
  const seen = new Set<string>();
  const sizes = new Set(["N", "T", "X", "Q"]);
  return candidates.filter(({ formula }) => {
    const key = formulaKey(formula);
    // What speaks of sizes alone says nothing about states.
    if (seen.has(key) || [...variablesOf(formula)].every((name) => sizes.has(name))) return false;
    seen.add(key);
    return true;
  });
}
