import type { JSX } from "preact";
import { ChartView } from "./chart-view.tsx";
import { ownRoot, type LiveFeed, type SeenActor } from "./live-feed.ts";
import { Sequence } from "./sequence.tsx";
import type { Viewer } from "./viewer.ts";

/** Who drives the run, and what was last said of it. */
export function LiveControls(props: {
  readonly feed: LiveFeed;
  readonly viewer: Viewer;
}): JSX.Element {
  const { feed, viewer } = props;
  const step = viewer.step.value;
  const said = viewer.remarks.value.findLast(
    ({ sentences, after }) => sentences.length > 0 && after <= step,
  );
  const since = viewer.byHand.value.filter((one) => one > (said?.after ?? 0) && one <= step).length;
  const isConnected = feed.connected.value;
  return (
    <>
      <p class="live-controls">
        <button
          type="button"
          disabled={!isConnected}
          onClick={() => {
            feed.ask({ type: feed.playing.value ? "unstuck.pause" : "unstuck.play" });
          }}
        >
          {feed.playing.value ? "pause" : "play"}
        </button>{" "}
        <button
          type="button"
          disabled={!isConnected}
          onClick={() => {
            feed.ask({ type: "unstuck.step" });
          }}
        >
          one step
        </button>{" "}
        <span role="status" class="connection">
          {isConnected ? "connected" : "not connected: this is what was heard last"}
          {isConnected && feed.why.value !== "" ? `; ${feed.why.value}` : ""}
          {feed.unread.value > 0 && `; ${feed.unread.value} messages could not be read`}
        </span>
      </p>
      {said !== undefined && (
        <div class="loop-words">
          {said.sentences.map((sentence) => (
            <p key={sentence}>↻ {sentence}</p>
          ))}
          {since > 0 && (
            <p>
              <b>
                That was said after step {said.after}. Since then {since} step
                {since === 1 ? " was" : "s were"} chosen by hand, and it holds only if they lead
                back to the loop.
              </b>
            </p>
          )}
        </div>
      )}
    </>
  );
}

/** The actors of other programs: each with its own chart. */
function OtherActors(props: { readonly actors: readonly SeenActor[] }): JSX.Element | null {
  if (props.actors.length === 0) return null;
  return (
    <section class="others" aria-label="Actors of other programs">
      <h2>Actors of other programs</h2>
      <div class="charts">
        {props.actors.map(({ session, name, chart, state, lastEvent, lastFrom }) => (
          <div key={session} data-actor={name}>
            <ChartView
              chart={chart}
              title={name}
              tokens={[{ state, text: "●" }]}
              taken={[{ from: lastFrom, event: lastEvent }]}
            />
            {chart.states.length === 0 && <p class="quiet">{state === "" ? "no chart" : state}</p>}
          </div>
        ))}
      </div>
    </section>
  );
}

/** What a live page adds: the messages between the actors, and actors of other programs. */
export function LivePanel(props: { readonly feed: LiveFeed }): JSX.Element {
  const { feed } = props;
  const actors = [...feed.actors.value.values()];
  const root = actors.find(({ name }) => name === ownRoot)?.root;
  return (
    <>
      <OtherActors actors={actors.filter((actor) => actor.root !== root)} />
      <Sequence messages={feed.messages.value} />
    </>
  );
}
