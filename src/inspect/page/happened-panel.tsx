import type { JSX } from "preact";
import { actionWords } from "../tell/action-words.ts";
import { changesBetween } from "../tell/changes.ts";
import { sourceLink } from "../tell/source-link.ts";
import type { Viewer } from "./viewer.ts";

function CFunction(props: { readonly name: string }): JSX.Element {
  const link = sourceLink(props.name);
  return link === null ? (
    <span>{props.name}</span>
  ) : (
    <a href={link} rel="noreferrer" target="_blank">
      {props.name}
    </a>
  );
}

/** The step that led to the state that is shown: what it is in Fluent Bit, what it changed, and the model's rule. */
export function HappenedPanel(props: { readonly viewer: Viewer }): JSX.Element {
  const { viewer } = props;
  const moment = viewer.moment.value;
  const before = viewer.before.value;
  const { taken } = moment;
  const { system } = viewer.scope.value;
  if (taken === null || before === null) {
    return (
      <section class="happened">
        <h2>The beginning</h2>
        <p>
          {system.title} has just started: {system.atFirst}.
        </p>
      </section>
    );
  }
  const changes = changesBetween(viewer.scope.value, before, moment);
  const { move } = taken;
  return (
    <section class="happened">
      <h2>
        Step {viewer.step.value}: {actionWords(taken, viewer.scope.value)}
      </h2>
      <p>
        {move.tells} (by the {move.agent})
      </p>
      <p class="source">
        in Fluent Bit: <CFunction name={move.cFunction} />
      </p>
      <h3>What changed</h3>
      {changes.length === 0 && <p class="quiet">Nothing.</p>}
      <ul class="changes">
        {changes.map(({ what, from, to, why }) => (
          <li key={what} title={why}>
            {what}: <del>{from}</del> → <ins>{to}</ins>
          </li>
        ))}
      </ul>
      <details>
        <summary>The model’s rule</summary>
        <p>
          {"rule" in move ? `Rule ${move.rule}, action ${move.action}` : `Rule ${move.action}`}, of
          release {viewer.scope.value.release}.
        </p>
        {"steps" in move && (
          <ol>
            {move.steps.map(({ message, from, to, description }, index) => (
              <li key={index}>
                <code>
                  {message.to}
                  {message.output === undefined ? "" : ` ${message.output}`}
                </code>{" "}
                gets <code>{message.event.type}</code>: {from} → {to}
                {description !== "" && <small>{description}</small>}
              </li>
            ))}
          </ol>
        )}
      </details>
    </section>
  );
}
