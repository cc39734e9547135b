import { effect, signal } from "@preact/signals";
import type { JSX } from "preact";
import { isNeighbourhoodFacts, type NeighbourhoodFacts, type StateFacts } from "../state-facts.ts";
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

  /** Takes the shortest way to the nearest violation. */
  goToViolation(): void {
    for (const key of this.found.value?.here.nearest?.keys ?? []) this.#viewer.take(key);
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

/** What lies behind the state that is shown. */
export function FactsPanel(props: { readonly facts: Facts }): JSX.Element {
  const { facts } = props;
  const found = facts.found.value;
  if (found === null) return <p class="facts">{facts.failed.value || "…"}</p>;
  const { here, states } = found;
  return (
    <section class="facts" aria-label="The state space from here">
      <p>
        {here.behind} of {states} states can still be reached; {recoveryWords(here)}.
      </p>
      {here.nearest === null ? (
        <p>No violation can be reached from here.</p>
      ) : here.nearest.keys.length === 0 ? (
        <p class="bad">This state violates {here.nearest.property}.</p>
      ) : (
        <p>
          The nearest violation is <b>{here.nearest.property}</b>, {here.nearest.keys.length} steps
          away: <code>{here.nearest.keys.join(" ")}</code>{" "}
          <button
            type="button"
            class="go"
            onClick={() => {
              facts.goToViolation();
            }}
          >
            go there
          </button>
        </p>
      )}
    </section>
  );
}

/** What lies behind an action. */
export function Behind(props: {
  readonly facts: Facts;
  readonly action: string;
}): JSX.Element | null {
  const after = props.facts.found.value?.after[props.action];
  if (after === undefined) return null;
  return (
    <small class="behind">
      {after.behind} states behind; {recoveryWords(after)}
      {after.nearest !== null && `; ${after.nearest.property} in ${after.nearest.keys.length} more`}
    </small>
  );
}
