import type { ComponentChildren, JSX } from "preact";
import { isStuck } from "../../compile/stuck.ts";
import { conclusionAt, endingOf } from "../tell/conclusion.ts";
import { whyFair, whyWaits } from "../tell/loop-words.ts";
import { ActionsPanel } from "./actions-panel.tsx";
import { Board } from "./board.tsx";
import { ArrowHeads } from "./chart-view.tsx";
import { ChartsPanel, mainChart } from "./charts-panel.tsx";
import type { Comparison } from "./comparison.ts";
import { ComparisonPanel } from "./comparison-panel.tsx";
import { HappenedPanel } from "./happened-panel.tsx";
import { Header } from "./header.tsx";
import { Scrubber } from "./scrubber.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { MessagesPanel } from "./messages-panel.tsx";
import type { Player } from "./player.ts";
import { StoryPanel, WaitsPanel } from "./story-panel.tsx";
import { StepsPanel } from "./steps-panel.tsx";
import type { Viewer } from "./viewer.ts";

const mostWaiting = 3;

/** In the loop: why the chunks wait at this step, and why they wait for ever. */
function LoopWords(props: { readonly viewer: Viewer }): JSX.Element | null {
  const { viewer } = props;
  const from = viewer.loopStart.value;
  const waits = viewer.told.value?.lasso?.waits ?? [];
  if (from === null || viewer.step.value < from) return null;
  const round = viewer.rounds.value + 1;
  const isEmpty = from === viewer.last.value;
  // Of an engine that is stuck the verdict says already that nothing moves.
  if (viewer.step.value === from && !isEmpty && isStuck(viewer.stepper.value)) return null;
  return (
    <div class="loop-words">
      <p>
        <b>
          ↻{" "}
          {isEmpty
            ? "From here on nothing happens any more."
            : viewer.step.value === from
              ? "From here on the same steps repeat for ever."
              : `Step ${viewer.step.value - from} of ${viewer.last.value - from} of the loop, round ${round}.`}
        </b>{" "}
        {whyFair(viewer.scope.value, viewer.loopStates.value, waits).map(
          (sentence) => `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}. `,
        )}
      </p>
      {!isStuck(viewer.stepper.value) &&
        waits
          .slice(0, mostWaiting)
          .map((wait) => <p key={wait.slot}>Here {whyWaits(viewer.stepper.value, wait)}.</p>)}
    </div>
  );
}

function Conclusion(props: { readonly viewer: Viewer }): JSX.Element {
  const { viewer } = props;
  const left = viewer.left.value;
  const told = viewer.told.value;
  const own = told !== null && viewer.onPath.value ? conclusionAt(told, viewer.step.value) : [];
  const { system } = viewer.scope.value;
  const met = viewer.newlyViolated.value.flatMap((name) =>
    system.properties.filter((property) => property.name === name).map(endingOf),
  );
  const sentences = [...new Set([...own, ...met])];
  return (
    <div class="conclusion" role="status">
      {viewer.trouble.value !== "" && (
        <p class="trouble" role="alert">
          {viewer.trouble.value}
        </p>
      )}
      {sentences.map((sentence) => (
        <p key={sentence} class="verdict-words">
          {sentence}
        </p>
      ))}
      <LoopWords viewer={viewer} />
      {left !== null && told !== null && (
        <p class="left">
          You left the path after step {left.at}; from there on the choices are yours.{" "}
          <button
            type="button"
            class="back"
            onClick={() => {
              viewer.backToPath();
            }}
          >
            back to the path
          </button>
        </p>
      )}
    </div>
  );
}

/** The chart that matters most beside the chunks, the others below. */
function Charts(props: { readonly viewer: Viewer }): JSX.Element {
  const { viewer } = props;
  const { charts } = viewer.open.value.page;
  const main = mainChart(charts);
  const shown = { stepper: viewer.stepper.value, moment: viewer.moment.value };
  return (
    <>
      <div class="main-chart">
        <ChartsPanel charts={main === undefined ? [] : [main]} label="Main statechart" {...shown} />
      </div>
      <ChartsPanel charts={charts.filter((one) => one !== main)} label="Statecharts" {...shown} />
    </>
  );
}

/** The whole page. What a server adds comes as `extra` above the chunks, as `below`, and next to actions as `behind`. */
export function App(props: {
  readonly viewer: Viewer;
  readonly comparison: Comparison;
  readonly player: Player;
  readonly extra?: ComponentChildren;
  readonly below?: ComponentChildren;
  readonly behind?: (key: string) => JSX.Element | null;
}): JSX.Element {
  const { viewer, comparison, player, extra, below, behind } = props;
  const isLive = viewer.data.mode === "live";
  const compared = comparison.open.value !== null;
  return (
    <div class="page">
      <ArrowHeads />
      <KeysHelp />
      <button
        type="button"
        class="skip"
        onClick={() => document.querySelector<HTMLElement>("[data-action]")?.focus()}
      >
        skip to what can happen
      </button>
      <Header viewer={viewer} comparison={comparison} />
      <StepsPanel viewer={viewer} comparison={comparison} />
      <main class={compared ? "comparing" : ""}>
        {isLive && <div class="extra">{extra}</div>}
        <StoryPanel viewer={viewer} player={player} />
        <Conclusion viewer={viewer} />
        {!isLive && extra !== undefined && <div class="extra">{extra}</div>}
        <Board
          stepper={viewer.stepper.value}
          acting={viewer.moment.value.taken?.slot ?? null}
          title={compared ? `${viewer.scope.value.release}, step ${viewer.step.value}` : "Chunks"}
        />
        <ComparisonPanel comparison={comparison} />
        <Charts viewer={viewer} />
        {!isLive && <MessagesPanel viewer={viewer} />}
        {below !== undefined && <div class="below">{below}</div>}
      </main>
      <aside aria-label="This step">
        <HappenedPanel viewer={viewer} />
        <WaitsPanel viewer={viewer} />
        <ActionsPanel
          options={viewer.options.value}
          next={viewer.nextKey()}
          take={(key) => {
            viewer.take(key);
          }}
          {...(behind === undefined ? {} : { behind })}
        />
      </aside>
      <Scrubber viewer={viewer} />
    </div>
  );
}
