/** A checker that does not look at one thing, and the forgery that gets through there. */
export interface CheckerMutant {
  readonly what: string;
  /** By file, from `src/` on: what is there once, and what is there instead. */
  readonly changes: readonly (readonly [file: string, from: string, to: string])[];
  readonly forgery: string;
}

const statements = "prove/checker/statements.ts";
const leaving = "prove/checker/leaving.ts";
const safety = "prove/checker/safety.ts";
const violation = "prove/checker/violation.ts";
const path = "prove/checker/path.ts";
const reader = "prove/read-certificate.ts";

/** Checkers that each miss one thing. */
export const checkerMutants: readonly CheckerMutant[] = [
  {
    what: "parameters may be another release's",
    changes: [["prove/check-certificate.ts", "whyNotOf(release, parameters) ??", ""]],
    forgery: "the release of another name",
  },
  {
    what: "any name is a variable, and is written as it is",
    changes: [
      [reader, "if (!variables.has(name)) return factor.misfits(what);", ""],
      ["prove/smt-lib.ts", "/[|\\\\]/.test(name)", "name === ''"],
    ],
    forgery: "a script within a name",
  },
  {
    what: "N may be in a bound",
    changes: [[reader, 'new Set(["T", "X", "Q"])', 'new Set(["N", "T", "X", "Q"])']],
    forgery: "N in a bound",
  },
  {
    what: "rounds may be anywhere",
    changes: [
      [reader, 'new Set(["T", "X", "Q"])', 'new Set(["T", "X", "Q", "k"])'],
      [reader, 'new Set(["N", "T", "X", "Q"])', 'new Set(["N", "T", "X", "Q", "k"])'],
    ],
    forgery: "rounds in a bound, and as often as a round",
  },
  {
    what: "there may be no bound",
    changes: [[reader, "bounds?.length === 0", "bounds?.length === -1"]],
    forgery: "no bound at all",
  },
  {
    what: "there may be no routes",
    changes: [["compile/parameter-kinds.ts", "if (masks.length === 0)", "if (outputs === 0)"]],
    forgery: "no chunk that could be made",
  },
  {
    what: "there may be any property",
    changes: [[reader, "!properties.some((one) => one.name === name)", "properties.length === 0"]],
    forgery: "a property that there is not",
  },
  {
    what: "places may be left for no reason",
    changes: [[leaving, "!target.every((place) => departed.includes(place))", "target.length < 0"]],
    forgery: "no reason to leave any place",
  },
  {
    what: "a condition needs no run",
    changes: [
      [statements, "keys(paths.map(({ bound }) => bound)) !== keys(bounds)", "bounds.length < 0"],
    ],
    forgery: "no run into the violation",
  },
  {
    what: "the end of a run may be any state",
    changes: [
      [
        violation,
        'return [atEnd(end, "the property is violated at the end of the path", forbidden)];',
        "return [];",
      ],
    ],
    forgery: "a run that ends in no violation",
  },
  {
    what: "the last action may be any",
    changes: [[violation, "move.violates.includes(property)", "move.violates.length >= 0"]],
    forgery: "a last action that violates nothing",
  },
  {
    what: "guards on a path need not hold",
    changes: [
      [path, "not(substitute(enabled, now))", "falsehood"],
      [path, "atLeast, not,", "atLeast, falsehood, not,"],
    ],
    forgery: "a run that takes more chunks than there are",
  },
  {
    what: "an invariant need not hold at first",
    changes: [
      [safety, "not(all(...parts.map((part) => substitute(part, start))))", "falsehood"],
      [safety, "atLeast, not,", "atLeast, falsehood, not,"],
    ],
    forgery: "an invariant that never holds",
  },
  {
    what: "an invariant need not be kept",
    changes: [[safety, "if (after.length === 0) return [];", "if (after.length >= 0) return [];"]],
    forgery: "an invariant that holds at first only",
  },
  {
    what: "ranks need not fall",
    changes: [[leaving, "...rising.flatMap(", "...rising.slice(rising.length).flatMap("]],
    forgery: "ranks that do not fall",
  },
  {
    what: "nothing need be owed while ranks fall",
    changes: [
      [leaving, "not(some(...useful))", "falsehood"],
      [leaving, "atLeast, not,", "atLeast, falsehood, not,"],
    ],
    forgery: "nothing that would move",
  },
  {
    what: "a trap violates any property",
    changes: [[violation, "if (!isViolation ||", "if ("]],
    forgery: "a trap of another property",
  },
  {
    what: "a trap may have a way out",
    changes: [
      [
        violation,
        "...region.actions.filter(frees).map(",
        "...region.actions.slice(region.actions.filter(frees).length * 0 + region.actions.length).map(",
      ],
    ],
    forgery: "a trap with a way out",
  },
  {
    what: "it is always fair to stay",
    changes: [[violation, "not(all(...fair))", "some()"]],
    forgery: "a chunk that waits though it is owed something",
  },
  {
    what: "nobody need wait",
    changes: [[violation, 'atEnd(end, "a chunk waits at its end", isAt(waits, 1)),', ""]],
    forgery: "nobody who waits",
  },
];
