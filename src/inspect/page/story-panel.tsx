import type { JSX } from "preact";
import { waitPicture } from "../pictures/wait-picture.ts";
import type { Story } from "../tell/told-story.ts";
import { waitGraph } from "../tell/wait-for.ts";
import { PictureView } from "./picture-view.tsx";
import type { Player } from "./player.ts";
import type { Viewer } from "./viewer.ts";

function PlayButton(props: { readonly player: Player; readonly words: string }): JSX.Element {
  const { player, words } = props;
  const isPlaying = player.playing.value;
  return (
    <button
      type="button"
      class="play"
      onClick={() => {
        player.toggle();
      }}
    >
      {isPlaying ? "❚❚ pause" : `▶ ${words}`}
    </button>
  );
}

function stepsWords(count: number): string {
  return count === 1 ? "play the step" : `play the ${count} steps`;
}

/** How large what is shown is, how large the real engine, and whether everything was tried. */
function ScopeWords(props: { readonly viewer: Viewer }): JSX.Element {
  const { sizes, judged } = props.viewer.open.value.page;
  return (
    <p class="scope-words small quiet">
      {sizes}
      {judged?.complete === true ? ": small enough to try everything that can happen" : ""}.
      {judged !== null && ` ${judged.coverage}.`}
    </p>
  );
}

/** What is shown before the first step: what happens, who waits for whom at the end, and why. */
function Opening(props: {
  readonly viewer: Viewer;
  readonly story: Story;
  readonly player: Player;
}): JSX.Element {
  const { viewer, story, player } = props;
  const told = viewer.told.value;
  return (
    <section class="story" aria-label="What happens">
      <h2>{story.headline}</h2>
      {story.waits.groups.length > 0 && (
        <figure>
          <PictureView picture={waitPicture(story.waits)} kind="waits" />
          <figcaption class="quiet">Who waits for whom in the end</figcaption>
        </figure>
      )}
      <div class="why">
        {story.why.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {told !== null && (
          <p>
            <PlayButton player={player} words={stepsWords(told.path?.length ?? 0)} />
          </p>
        )}
        <ScopeWords viewer={viewer} />
        {told !== null && (
          <p class="meaning small quiet">
            <b>{told.name}</b> is violated. It asks: {told.meaning}.
          </p>
        )}
      </div>
    </section>
  );
}

/** Above every later step: what happened, in Fluent Bit's words, and the button that goes on by itself. */
function Caption(props: { readonly viewer: Viewer; readonly player: Player }): JSX.Element | null {
  const { viewer, player } = props;
  const { taken } = viewer.moment.value;
  if (taken === null || viewer.live.value !== null) return null;
  const step = viewer.step.value;
  const end = viewer.violation.value ?? viewer.last.value;
  const isAtEnd = step >= end;
  const { tells } = taken.move;
  return (
    <p class="caption">
      <PlayButton player={player} words={isAtEnd ? "play again" : "play on"} />
      <span>
        <b>{step > end ? `Step ${step}, in what repeats for ever.` : `Step ${step} of ${end}.`}</b>{" "}
        {tells.charAt(0).toUpperCase() + tells.slice(1)}.
      </span>
    </p>
  );
}

/** The story of the path that is shown: whole before its first step, a caption at each of the others. */
export function StoryPanel(props: {
  readonly viewer: Viewer;
  readonly player: Player;
}): JSX.Element | null {
  const { viewer, player } = props;
  const story = viewer.story.value;
  if (viewer.live.value !== null && viewer.step.value > 0) {
    return story === null ? null : <p class="caption verdict-line">{story.headline}</p>;
  }
  if (viewer.step.value > 0) return <Caption viewer={viewer} player={player} />;
  if (story === null || viewer.left.value !== null) {
    return <ScopeWords viewer={viewer} />;
  }
  return <Opening viewer={viewer} story={story} player={player} />;
}

/** Who waits for whom in the state that is shown; nothing where nobody does. */
export function WaitsPanel(props: { readonly viewer: Viewer }): JSX.Element | null {
  const graph = waitGraph(props.viewer.stepper.value);
  if (props.viewer.step.value === 0 || graph.holds.length === 0) return null;
  return (
    <section class="waits-now" aria-label="Who waits for whom now">
      <h2>Who waits for whom now</h2>
      <PictureView picture={waitPicture(graph, "Who waits for whom now")} kind="waits" />
    </section>
  );
}
