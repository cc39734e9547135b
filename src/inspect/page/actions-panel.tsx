import type { JSX } from "preact";
import type { Option } from "../tell/options.ts";
import { Needs } from "./board.tsx";

/** What can happen in a state, as buttons, and what cannot, with the comparison that is false. */
export function ActionsPanel(props: {
  readonly options: readonly Option[];
  readonly next: string | undefined;
  readonly take: (key: string) => void;
  /** What more is known of an action; empty if nothing is. */
  readonly behind?: (key: string) => JSX.Element | null;
}): JSX.Element {
  const { options, next, take, behind } = props;
  const enabled = options.filter((option) => option.enabled);
  // An action that is merely impossible because its opposite is possible says nothing.
  const disabled = options.filter(
    (option) => !option.enabled && option.action.move.agent !== "environment",
  );
  return (
    <>
      <h2>What can happen next ({enabled.length})</h2>
      {enabled.length === 0 && <p class="quiet">Nothing.</p>}
      <ul class="enabled">
        {enabled.map(({ key, action, words, changes }) => (
          <li key={key}>
            <button
              type="button"
              class={key === next ? "action along" : "action"}
              data-action={key}
              onClick={() => {
                take(key);
              }}
            >
              <b>{words}</b>
              {key === next && <span class="badge">next on this run</span>}
              {!changes && <span class="badge dim">changes nothing</span>}
              <small>{action.move.tells}</small>
            </button>
            {behind?.(key)}
          </li>
        ))}
      </ul>
      <h2>What cannot, and why ({disabled.length})</h2>
      {disabled.length === 0 && <p class="quiet">No rule is held up in this state.</p>}
      <ul class="disabled">
        {disabled.map(({ key, action, words, reasons }) => (
          <li key={key} data-disabled={key}>
            <b>{words}</b>
            {reasons.map((reason) => (
              <Needs key={reason.needed} reason={reason} slot={action.slot} />
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
