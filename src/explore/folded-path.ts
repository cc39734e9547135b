import type { SlotMove, SystemMove } from "../compile/compiled-system.ts";
import type { Scope } from "../compile/scope.ts";
import { isStuck } from "../compile/stuck.ts";
import { Stepper } from "../compile/stepper.ts";
import type { Path } from "./path.ts";

type Move = SlotMove | SystemMove;

/**
 * A part of a folded path: some actions, repeated as often as there are tasks, or chunks up; or once less, where the last
 * time is another action, such as the append after which an input pauses.
 */
interface FoldedSegment {
  readonly moves: readonly Move[];
  readonly times: "once" | "T" | "X" | "X - 1";
}

/** A path for every size: what is repeated with the size is folded. */
export type FoldedPath = readonly FoldedSegment[];

function isSystemMove(move: Move): move is SystemMove {
  return "everySlot" in move;
}

/** The value of the limit with this symbol. */
function limitOf({ system, parameters }: Scope, symbol: string): number {
  return system.limits.find((limit) => limit.symbol === symbol)?.value(parameters) ?? 0;
}

function repeats(segment: FoldedSegment, scope: Scope): number {
  switch (segment.times) {
    case "once":
      return 1;
    case "T":
      return limitOf(scope, "T");
    case "X":
      return limitOf(scope, "X");
    case "X - 1":
      return limitOf(scope, "X") - 1;
  }
}

/**
 * Takes a folded path step by step at the sizes of a scope.
 *
 * @param scope a scope of the same shape as the one that the path was found in: other sizes, the same machines
 * @returns the stepper at the end with the number of steps, or null if some action was not enabled
 */
export function replayFolded(
  scope: Scope,
  path: FoldedPath,
): { readonly stepper: Stepper; readonly steps: number } | null {
  const stepper = new Stepper(scope);
  let steps = 0;
  for (const segment of path) {
    for (let time = repeats(segment, scope); time > 0; time--) {
      for (const move of segment.moves) {
        if (isSystemMove(move)) {
          if (!stepper.canMoveSystem(move)) return null;
          stepper.moveSystem(move);
        } else {
          const slot = stepper.slotIn(move.from);
          if (slot < 0 || !stepper.canMove(move, slot)) return null;
          stepper.move(move, slot);
        }
        steps++;
      }
    }
  }
  return { stepper, steps };
}

/** A path with one of its moves put in front. */
function hoisted(moves: readonly Move[], index: number): readonly Move[] {
  return [...moves.slice(index, index + 1), ...moves.slice(0, index), ...moves.slice(index + 1)];
}

/** The path with its first move of an output put in front, or an input's besides: the world may act earlier as well. */
function variants(moves: readonly Move[]): readonly (readonly Move[])[] {
  const first = moves.findIndex(isSystemMove);
  if (first < 0) return [moves];
  const early = hoisted(moves, first);
  const inputs = early.flatMap(({ agent }, index) =>
    agent === "input" && index > 1 ? [hoisted(early, index)] : [],
  );
  return [moves, early, ...inputs];
}

/** Which parts of a path are repeated, and how often. */
const repeated = [
  ["T", "X"],
  ["T", "X - 1"],
  ["X - 1", "T"],
] as const;

function* foldings(moves: readonly Move[]): Generator<FoldedPath> {
  const once = (from: number, to: number): FoldedPath =>
    from < to ? [{ moves: moves.slice(from, to), times: "once" }] : [];
  for (let tFrom = 0; tFrom < moves.length; tFrom++) {
    for (let tTo = tFrom + 1; tTo <= moves.length; tTo++) {
      for (let xFrom = tTo; xFrom < moves.length; xFrom++) {
        for (let xTo = xFrom + 1; xTo <= moves.length; xTo++) {
          for (const [first, second] of repeated) {
            yield [
              ...once(0, tFrom),
              { moves: moves.slice(tFrom, tTo), times: first },
              ...once(tTo, xFrom),
              { moves: moves.slice(xFrom, xTo), times: second },
              ...once(xTo, moves.length),
            ];
          }
        }
      }
    }
  }
}

/**
 * Folds a shortest path into a stall, found with one task and one chunk up (two where inputs pause: with one, they pause
 * before anything can be stuck), so that it can be taken at any larger size. The
 * folding is guessed and then tried: it must lead into a stall at every probe.
 *
 * @param probes scopes of the same shape at other sizes
 * @returns null if no folding works
 */
export function foldStall(path: Path, probes: readonly Scope[]): FoldedPath | null {
  for (const moves of variants(path.steps.map(({ taken }) => taken.move))) {
    for (const folding of foldings(moves)) {
      const works = probes.every((probe) => {
        const replayed = replayFolded(probe, folding);
        return replayed !== null && isStuck(replayed.stepper);
      });
      if (works) return folding;
    }
  }
  return null;
}

/** A folded path in a line, such as `outputDown (ingest dispatch flushRetry)^T ingest^X outputUp`. */
export function foldedWords(path: FoldedPath): string {
  return path
    .map(({ moves, times }) => {
      const words = moves.map(({ action }) => action).join(" ");
      if (times === "once") return words;
      const power = times === "X - 1" ? `(${times})` : times;
      return moves.length > 1 ? `(${words})^${power}` : `${words}^${power}`;
    })
    .join(" ");
}
