import type { JSX } from "preact";
import { messagePicture } from "../pictures/message-picture.ts";
import { messagesOf } from "../tell/messages.ts";
import { PictureView } from "./picture-view.tsx";
import type { Viewer } from "./viewer.ts";

const mostSteps = 60;

/** The run as a message sequence chart, time downward. Of a long run, the steps up to the one that is shown. */
export function MessagesPanel(props: { readonly viewer: Viewer }): JSX.Element | null {
  const { viewer } = props;
  const { moments } = viewer.run.value;
  const step = viewer.step.value;
  if (moments.length < 2) return null;
  const end = Math.max(step, Math.min(moments.length - 1, mostSteps));
  const start = Math.max(0, end - mostSteps);
  const messages = messagesOf(viewer.scope.value, {
    moments: moments.slice(start, end + 1),
    refused: null,
  });
  const bands = messages.bands.map((band) => ({ ...band, step: band.step + start }));
  const picture = messagePicture({ ...messages, bands }, "Messages of the run", step);
  return (
    <section class="messages" aria-label="Messages of the run">
      <h2>Messages, time downward</h2>
      <div class="scroll" tabIndex={0} role="group" aria-label="Messages, to scroll">
        <PictureView picture={picture} kind="sequence-chart" />
      </div>
    </section>
  );
}
