import { batch, computed, effect, signal } from "@preact/signals";
import {
  isNeighbourhoodFacts,
  type FactsQuestion,
  type NeighbourhoodFacts,
} from "../state-facts.ts";
import type { Viewer } from "./viewer.ts";

const mostKept = 1000;

/**
 * What the server knows of the state that is shown. Everything is kept by the state that it is about: while the server
 * judges a state there is nothing to show, least of all what is known of another.
 */
export class Facts {
  readonly #viewer: Viewer;
  readonly #kept = signal<ReadonlyMap<string, NeighbourhoodFacts>>(new Map());
  readonly #failure = signal({ state: "", why: "" });
  readonly #state = computed(() => JSON.stringify(this.#viewer.moment.value.state));
  #asking = new AbortController();

  /** What is known of the state that is shown; null while it is not known. */
  readonly found = computed(() => this.#kept.value.get(this.#state.value) ?? null);
  /** Why nothing is known of the state that is shown; empty if that may still come. */
  readonly failed = computed(() => {
    const { state, why } = this.#failure.value;
    return state === this.#state.value ? why : "";
  });

  constructor(viewer: Viewer) {
    this.#viewer = viewer;
    effect(() => {
      const state = this.#state.value;
      this.#asking.abort();
      if (!this.#kept.peek().has(state)) void this.#ask(state);
    });
  }

  /** States of the scope. */
  get states(): number {
    return this.#viewer.open.value.page.judged?.states ?? 0;
  }

  /** The violated properties after which a loop can be taken for ever, with one round of it. */
  get loops(): readonly { readonly property: string; readonly round: readonly string[] }[] {
    const properties = this.#viewer.open.value.page.judged?.properties ?? [];
    return properties.flatMap(({ name, lasso }) =>
      lasso === null ? [] : [{ property: name, round: lasso.loop }],
    );
  }

  /** Asks once more, after a failure. */
  askAgain(): void {
    void this.#ask(this.#state.value);
  }

  /** Takes actions from the state that is shown, up to one that is not possible. */
  take(keys: readonly string[]): void {
    batch(() => {
      keys.every((key) => this.#viewer.take(key));
    });
  }

  async #ask(state: string): Promise<void> {
    this.#asking = new AbortController();
    const { signal: gone } = this.#asking;
    this.#failure.value = { state: "", why: "" };
    try {
      const question: FactsQuestion = {
        served: this.#viewer.data.served,
        state: this.#viewer.moment.peek().state,
      };
      const body = JSON.stringify(question);
      const response = await fetch("/facts", { method: "POST", body, signal: gone });
      const text = await response.text();
      if (!response.ok) throw new Error(text);
      const facts: unknown = JSON.parse(text);
      if (!isNeighbourhoodFacts(facts)) throw new Error("the answer cannot be read");
      this.#keep(state, facts);
    } catch (error) {
      if (gone.aborted) return;
      this.#failure.value = { state, why: error instanceof Error ? error.message : String(error) };
    }
  }

  #keep(state: string, facts: NeighbourhoodFacts): void {
    const kept = new Map(this.#kept.peek()).set(state, facts);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    this.#kept.value = kept;
  }
}
