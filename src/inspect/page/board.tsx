import type { JSX } from "preact";
import { slotsOf } from "../../compile/scope.ts";
import { isStuck } from "../../compile/stuck.ts";
import type { Stepper } from "../../compile/stepper.ts";
import { optionsOf, type Option, type Reason } from "../tell/options.ts";
import { partsOf } from "../tell/place-words.ts";
import { waitingOf, type Waiting } from "../tell/waiting.ts";
import { Gauges } from "./gauges.tsx";

function Chip(props: {
  readonly kind: string;
  readonly text: string;
  readonly title: string;
}): JSX.Element {
  return (
    <span class={`chip ${props.kind}`} title={props.title}>
      {props.text}
    </span>
  );
}

/** Who holds what is missing, in words. */
export function Needs(props: {
  readonly reason: Reason;
  readonly slot: number | null;
}): JSX.Element {
  const { needed, found, heldBy, noun } = props.reason;
  const others = heldBy.filter((slot) => slot !== props.slot);
  return (
    <span class="needs">
      needs <b>{needed}</b>; now <code>{found}</code>
      {others.length > 0 &&
        ` (held by ${noun} ${others.slice(0, 5).join(", ")}${others.length > 5 ? ", …" : ""})`}
    </span>
  );
}

function WaitingLine(props: { readonly waiting: Waiting; readonly stuck: boolean }): JSX.Element {
  const { next, blocked, idle, slot } = props.waiting;
  const names = (options: readonly Option[]): string =>
    [...new Set(options.map(({ action }) => action.move.action))].join(" or ");
  if (next.length > 0) return <p class="next">can go on: {names(next)}</p>;
  const nearest = blocked.toSorted((a, b) => a.reasons.length - b.reasons.length)[0];
  return (
    <p class={props.stuck ? "blocked stuck" : "blocked"}>
      <b>{props.stuck ? "stuck" : "waits"}</b>
      {nearest !== undefined && (
        <>
          {": "}
          {nearest.action.move.action}{" "}
          {nearest.reasons.map((reason) => (
            <Needs key={reason.needed} reason={reason} slot={slot} />
          ))}
        </>
      )}
      {idle.length > 0 && (
        <span class="idle">
          ; {props.stuck ? "the engine repeats" : "until then the engine may repeat"} {names(idle)}
          {props.stuck ? " for ever" : ""}
        </span>
      )}
    </p>
  );
}

/** One lane for each chunk, with what it holds, what it can do and what it waits for; above them the limits. */
export function Board(props: {
  readonly stepper: Stepper;
  readonly acting: number | null;
  readonly title: string;
}): JSX.Element {
  const { stepper, acting } = props;
  const { scope } = stepper;
  const options = optionsOf(stepper);
  const waiting = new Map(waitingOf(stepper, options).map((one) => [one.slot, one]));
  const slots = Array.from({ length: slotsOf(scope) }, (_, slot) => slot);
  const shown = slots.filter((slot) => waiting.has(slot) || slots.length <= 6);
  const free = slots.length - shown.length;
  const stuck = isStuck(stepper);
  return (
    <section class={stuck ? "board is-stuck" : "board"} aria-label={props.title}>
      <h2>{props.title}</h2>
      <Gauges stepper={stepper} />
      <ol class="lanes">
        {shown.map((slot) => {
          const place = scope.system.places[stepper.place(slot)];
          const waits = waiting.get(slot);
          return (
            <li key={slot} class={slot === acting ? "lane acting" : "lane"} data-chunk={slot}>
              <h3>
                {scope.system.slots.noun} {slot}
              </h3>
              <div class="chips">
                {waits === undefined || place === undefined ? (
                  <Chip kind="free" text="free" title="free" />
                ) : (
                  partsOf(place, scope).map((part) => <Chip key={part.title} {...part} />)
                )}
              </div>
              {waits !== undefined && <WaitingLine waiting={waits} stuck={stuck} />}
            </li>
          );
        })}
      </ol>
      {free > 0 && (
        <p class="quiet">
          and {free} free places for {scope.system.slots.noun}s
        </p>
      )}
    </section>
  );
}
