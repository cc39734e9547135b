import { batch, effect, signal } from "@preact/signals";
import type { JSX } from "preact";
import {
  isNeighbourhoodFacts,
  type LoopFacts,
  type NeighbourhoodFacts,
  type StateFacts,
} from "../state-facts.ts";
import type { Viewer } from "./viewer.ts";

/** What the server knows of the state that is shown; asked again whenever it changes. */
export class Facts {
  readonly found = signal<NeighbourhoodFacts | null>(null);
  readonly failed = signal("");
  readonly #viewer: Viewer;

  constructor(viewer: Viewer) {
    this.#viewer = viewer;
    effect(() => {
      const { state } = viewer.moment.value;
      void this.#ask(JSON.stringify(state));
    });
  }

  /** Takes actions from the state that is shown. */
  take(keys: readonly string[]): void {
    batch(() => {
      for (const key of keys) this.#viewer.take(key);
    });
  }

  async #ask(state: string): Promise<void> {
    try {
      const response = await fetch("/facts", { method: "POST", body: state });
      const text = await response.text();
      if (state !== JSON.stringify(this.#viewer.moment.value.state)) return;
      if (!response.ok) throw new Error(text);
      const facts: unknown = JSON.parse(text);
      this.found.value = isNeighbourhoodFacts(facts) ? facts : null;
      this.failed.value = "";
    } catch (error) {
      this.found.value = null;
      this.failed.value = error instanceof Error ? error.message : String(error);
    }
  }
}

function recoveryWords({ canRecover }: StateFacts): JSX.Element {
  return canRecover ? (
    <span class="good">recovery is possible</span>
  ) : (
    <span class="bad">recovery is impossible</span>
  );
}

function counted(steps: number): string {
  return `${steps} step${steps === 1 ? "" : "s"}`;
}

function Loop(props: { readonly facts: Facts; readonly loop: LoopFacts }): JSX.Element {
  const { facts, loop } = props;
  const { property, way, round } = loop;
  const isHere = way.length === 0;
  const keys = isHere ? round : way;
  return (
    <tr class={isHere ? "here" : ""}>
      <th scope="row">{property}</th>
      <td>
        {isHere ? <b>↻ on the loop</b> : `${counted(way.length)} away`}{" "}
        {keys.length > 0 && (
          <button
            type="button"
            class="go"
            aria-label={`${isHere ? "go round" : "go to"} the loop of ${property}`}
            onClick={() => {
              facts.take(keys);
            }}
          >
            {isHere ? "go round" : "go there"}
          </button>
        )}
      </td>
      <td>
        {round.length === 0 ? "nothing is left to do" : `${counted(round.length)}: `}
        <code>{round.join(" ")}</code>
      </td>
    </tr>
  );
}

/** The loops that can be taken for ever, and how far they are. */
function Loops(props: {
  readonly facts: Facts;
  readonly loops: readonly LoopFacts[];
}): JSX.Element {
  const { facts, loops } = props;
  return (
    <table class="loops">
      <caption>
        Loops that can go on for ever while a chunk waits, one for each violated property:
      </caption>
      <thead>
        <tr>
          <th scope="col">violates</th>
          <th scope="col">from here</th>
          <th scope="col">one round</th>
        </tr>
      </thead>
      <tbody>
        {loops.map((loop) => (
          <Loop key={loop.property} facts={facts} loop={loop} />
        ))}
      </tbody>
    </table>
  );
}

/** What lies behind the state that is shown. */
export function FactsPanel(props: { readonly facts: Facts }): JSX.Element {
  const { facts } = props;
  const found = facts.found.value;
  if (found === null) return <p class="facts">{facts.failed.value || "…"}</p>;
  const { here, states, loops } = found;
  const nearest = here.nearest;
  return (
    <section class="facts" aria-label="The state space from here">
      <p>
        {here.behind} of {states} states can still be reached; {recoveryWords(here)}.
      </p>
      {nearest === null ? (
        <p>No state that can be reached from here is a violation by itself.</p>
      ) : nearest.keys.length === 0 ? (
        <p class="bad">This state violates {nearest.property}.</p>
      ) : (
        <p>
          The nearest violation is <b>{nearest.property}</b>, {nearest.keys.length} steps away:{" "}
          <code>{nearest.keys.join(" ")}</code>{" "}
          <button
            type="button"
            class="go"
            onClick={() => {
              facts.take(nearest.keys);
            }}
          >
            go there
          </button>
        </p>
      )}
      {loops.length > 0 && <Loops facts={facts} loops={loops} />}
    </section>
  );
}

/** What lies behind an action. */
export function Behind(props: {
  readonly facts: Facts;
  readonly action: string;
}): JSX.Element | null {
  const found = props.facts.found.value;
  const after = found?.after[props.action];
  if (found === null || after === undefined) return null;
  const along = found.loops
    .filter(({ way, round }) => way.length === 0 && round[0] === props.action)
    .map(({ property }) => property);
  return (
    <small class="behind">
      {along.length > 0 && (
        <b class="along-loop">↻ goes on round the loop of {along.join(", ")}; </b>
      )}
      {after.behind} states behind; {recoveryWords(after)}
      {after.nearest !== null && `; ${after.nearest.property} in ${after.nearest.keys.length} more`}
    </small>
  );
}
