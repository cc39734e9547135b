import type { JSX } from "preact";
import { useSignal } from "@preact/signals";
import { Stepper } from "../../compile/stepper.ts";
import { messageMermaid, waitMermaid } from "../pictures/mermaid.ts";
import type { Run } from "../run.ts";
import { copiedTest } from "../tell/copied-test.ts";
import { messagesOf } from "../tell/messages.ts";
import { runMarkdown } from "../tell/run-markdown.ts";
import { waitGraph } from "../tell/wait-for.ts";
import type { Viewer } from "./viewer.ts";

interface Copied {
  readonly as: string;
  readonly words: string;
  readonly text: () => string;
}

/** What can be copied of the run up to the step that is shown. */
function copiesOf(viewer: Viewer): readonly Copied[] {
  const scope = viewer.scope.value;
  const run: Run = {
    moments: viewer.run.value.moments.slice(0, viewer.step.value + 1),
    refused: null,
  };
  const moment = viewer.moment.value;
  const graph = (): string => waitMermaid(waitGraph(new Stepper(scope, moment.state)));
  const isAtEnd = viewer.onPath.value && viewer.step.value === viewer.violation.value;
  const { sizes } = viewer.open.value.page;
  return [
    { as: "link", words: "link", text: () => location.href },
    {
      as: "markdown",
      words: "Markdown",
      text: () => runMarkdown(scope, run, sizes, isAtEnd ? viewer.story.value : null),
    },
    {
      as: "messages",
      words: "messages as Mermaid",
      text: () => messageMermaid(messagesOf(scope, run)),
    },
    { as: "waits", words: "who waits as Mermaid", text: graph },
    { as: "test", words: "test", text: () => copiedTest(scope, run) },
  ];
}

function CopyButton({ copied }: { readonly copied: Copied }): JSX.Element {
  const text = copied.text();
  const done = useSignal({ text: "", words: "" });
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      done.value = { text, words: "copied" };
    } catch {
      done.value = { text, words: "this browser does not let the page copy" };
    }
  };
  return (
    <button
      type="button"
      class="copy"
      data-as={copied.as}
      data-text={text}
      onClick={() => {
        void copy();
      }}
    >
      {done.value.text === text ? done.value.words : `copy as ${copied.words}`}
    </button>
  );
}

/** Copies the run up to the step that is shown, in several ways; what came of it is said of that run only. */
export function CopyMenu(props: { readonly viewer: Viewer }): JSX.Element {
  const isOpen = useSignal(false);
  return (
    <details
      class="copy-menu"
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.currentTarget.open = false;
        event.currentTarget.querySelector("summary")?.focus();
      }}
    >
      <summary>copy</summary>
      {isOpen.value && (
        <div class="copies">
          {copiesOf(props.viewer).map((copied) => (
            <CopyButton key={copied.as} copied={copied} />
          ))}
        </div>
      )}
    </details>
  );
}
