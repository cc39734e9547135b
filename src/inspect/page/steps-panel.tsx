import type { JSX } from "preact";
import { actionWords } from "../tell/action-words.ts";
import { badgesAt } from "../tell/conclusion.ts";
import { violatedAt } from "../tell/judge-state.ts";
import type { Moment } from "../run.ts";
import type { Comparison } from "./comparison.ts";
import type { Viewer } from "./viewer.ts";

function matches(words: string, search: string): boolean {
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.toLowerCase().includes(part));
}

const fewestFolded = 5;

/** The rounds of a loop between the first and the last two: they are all the same. Null if they are few, or one is shown. */
function foldedRounds(
  headings: ReadonlyMap<number, string>,
  step: number,
): {
  readonly from: number;
  readonly to: number;
  readonly rounds: number;
  readonly each: number;
} | null {
  const starts = [...headings.keys()];
  const [first = 0, from] = starts;
  const to = starts.at(-2);
  if (starts.length < fewestFolded || from === undefined || to === undefined) return null;
  if (step >= from && step < to) return null;
  return { from, to, rounds: starts.length - 2, each: from - first };
}

const longest = 400;
/** Runs up to this length say below each step what it is in Fluent Bit; longer ones at the step that is shown. */
const mostTold = 40;

/** The steps of the run with what is special about each; a search leaves only those that match. */
export function StepsPanel(props: {
  readonly viewer: Viewer;
  readonly comparison: Comparison;
}): JSX.Element {
  const { viewer, comparison } = props;
  const { moments } = viewer.run.value;
  const scope = viewer.scope.value;
  const property = viewer.told.value;
  const left = viewer.left.value;
  const search = viewer.search.value.trim();
  const loopStart = viewer.loopStart.value ?? Infinity;
  const step = viewer.step.value;
  const headings = new Map(
    viewer.remarks.value
      .filter(({ heading }) => heading !== "")
      .map(({ after, heading }) => [after + 1, heading]),
  );
  const badgesOf = (moment: Moment, step: number): readonly string[] => {
    const onPath = left === null || step <= left.at;
    const previous = moments[step - 1];
    const old = previous === undefined ? [] : violatedAt(scope, previous);
    const own = onPath && property !== null ? badgesAt(property, step) : [];
    return [
      ...violatedAt(scope, moment).filter((name) => !old.includes(name)),
      ...own,
      ...(property !== null && left?.at === step - 1 ? ["left the path"] : []),
      ...(comparison.partsAt.value === step ? ["they part"] : []),
      ...(viewer.byHand.value.includes(step) ? ["by hand"] : []),
    ];
  };
  const told = moments.map((moment, step) => ({
    moment,
    step,
    words: moment.taken === null ? "the beginning" : actionWords(moment.taken, scope),
    tells: moment.taken?.move.tells ?? `${scope.system.title} has started; nothing has come in`,
  }));
  const found = (search === "" ? told.slice(-longest) : told)
    .map((row) => ({ ...row, badges: badgesOf(row.moment, row.step) }))
    .filter(({ words, tells, badges }) => matches([words, tells, ...badges].join(" "), search));
  const folded = search === "" ? foldedRounds(headings, step) : null;
  const rows = found
    .slice(-longest)
    .filter(({ step: at }) => folded === null || at < folded.from || at >= folded.to);
  const unlisted = search === "" ? told.length - found.length : found.length - rows.length;
  return (
    <nav class="steps" aria-label="Steps">
      <label class="search">
        <span>Search the steps</span>
        <input
          type="search"
          value={viewer.search.value}
          onInput={(event) => {
            viewer.search.value = event.currentTarget.value;
          }}
        />
      </label>
      {unlisted > 0 && (
        <p class="quiet">
          {unlisted.toLocaleString("en-US")} earlier steps are not listed
          {search === "" ? "; a search finds them." : "."}
        </p>
      )}
      <ol start={0}>
        {rows.map(({ moment, step, words, tells, badges }) => (
          <li
            key={step}
            class={step > loopStart ? "looping" : left !== null && step > left.at ? "own" : ""}
          >
            {step === loopStart + 1 && <p class="loop-head">↻ then for ever</p>}
            {step === folded?.to && (
              <p class="loop-head">
                ↻ rounds 2 to {folded.rounds} are folded: the same {folded.each} step
                {folded.each === 1 ? "" : "s"} each
              </p>
            )}
            {headings.has(step) && <p class="loop-head">↻ {headings.get(step)}</p>}
            <button
              type="button"
              data-step={step}
              aria-current={step === viewer.step.value ? "step" : undefined}
              onClick={() => {
                viewer.goTo(step);
              }}
            >
              <span class="number">{step}</span>
              <span class="what">
                <b class={`agent-${moment.taken?.move.agent ?? "none"}`}>{words}</b>
                {(step === viewer.step.value || moments.length <= mostTold) && (
                  <small>{tells}</small>
                )}
                <span class="badges">
                  {badges.map((badge) => (
                    <span key={badge} class={`badge ${badge.replaceAll(" ", "-")}`}>
                      {badge}
                    </span>
                  ))}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ol>
      {rows.length === 0 && <p class="quiet">No step matches.</p>}
    </nav>
  );
}
