import type { JsonObject } from "../../../src/conform/json.ts";
import type { About, Actions } from "./chunk-port.ts";
import { ParkPort, type Chunk } from "./park-port.ts";

const probes = ["newProbe", "oldProbe"];

/** A port of `park-breaker`. */
export class ParkBreakerPort extends ParkPort {
  protected override readonly actions: Actions = {
    ...this.parkActions,
    setAside: () => this.#setAside(),
    recall: (about) => this.#recall(about),
    probe: (about) => this.#probe(about),
  };

  protected override readonly queued = ["new", "old", ...probes];
  protected override readonly old = ["old", "oldProbe"];
  protected override readonly parkedAge = "aside";
  protected override readonly promoted = { new: "old", newProbe: "oldProbe" };

  protected override circumstances(): readonly string[] {
    const { slot, output } = this.about;
    const { open } = this.now;
    const names: string[] = [];
    if (open[output] === true) names.push("if the breaker is open");
    if (open.some((one, at) => at !== output && one)) names.push("if another breaker is open");
    if (probes.includes(this.chunkIn(slot)?.age ?? "")) names.push("for a probe");
    return [...super.circumstances(), ...names];
  }

  protected override reportMore(): JsonObject {
    return { breaker: this.now.open.map((open) => (open ? "open" : "closed")) };
  }

  protected override goesTo(chunk: Chunk): readonly number[] {
    return super.goesTo(chunk).filter((output) => this.#goesTo(chunk, output));
  }

  protected override answered(output: number, ok: boolean): void {
    const at = this.places.which("breaker: the output", output);
    this.places.does(ok ? "breaker: it closes" : "breaker: it opens", () => {
      this.now.open[at] = !ok;
    });
  }

  #goesTo(chunk: Chunk, output: number): boolean {
    const ways = { goes: false };
    this.regarding({ output }, () => {
      ways.goes = this.#letsThrough(output) || this.#tries(chunk, output);
    });
    return ways.goes;
  }

  #letsThrough(output: number): boolean {
    const at = this.places.which("breaker: the output asked for", output);
    return this.places.asks("breaker: it lets through", this.now.open[at] === false);
  }

  #tries(chunk: Chunk, output: number): boolean {
    const { places } = this;
    if (!places.asks("dispatch: the chunk is a probe", chunk.age === "oldProbe")) return false;
    const flushed = this.now.slots.some((one) => one?.delivery[output] === "flushing");
    return places.asks("dispatch: nobody is flushed to the output", !flushed);
  }

  #attempted(output: number): boolean {
    const { slots } = this.now;
    const flushed = slots.some((one) => one?.delivery[output] === "flushing");
    const inQueue = slots.some(
      (one) => one !== null && probes.includes(one.age) && one.delivery[output] === "owed",
    );
    return (
      this.places.asks("probe: somebody is flushed to the output", flushed) ||
      this.places.asks("probe: a probe of the output is in the queue", inQueue, {
        "an old one only": () =>
          slots.some((one) => one?.age === "oldProbe" && one.delivery[output] === "owed"),
      })
    );
  }

  /** The chunk that the action is about, if it is aside and owes the output. */
  #aside({ action, slot, output }: About): Chunk | undefined {
    const chunk = this.chunkIn(slot);
    if (chunk === undefined) return undefined;
    const { places } = this;
    if (!places.asks(`${action}: the chunk is aside`, chunk.age === "aside")) return undefined;
    const owes = chunk.delivery[output] === "owed";
    return places.asks(`${action}: it owes the output`, owes) ? chunk : undefined;
  }

  #setAside(): boolean {
    const { places } = this;
    const chunk = this.idle();
    if (chunk === undefined) return false;
    if (!places.asks("setAside: the chunk is old", this.old.includes(chunk.age))) return false;
    const stays = this.goesTo(chunk).length === 0;
    if (!places.asks("setAside: it would go nowhere", stays)) return false;
    this.putDown(chunk);
    places.does("setAside: it is aside", () => (chunk.age = "aside"));
    return true;
  }

  #recall(about: About): boolean {
    const chunk = this.#aside(about);
    if (chunk === undefined || !this.#letsThrough(about.output)) return false;
    this.places.does("recall: it is new", () => (chunk.age = "new"));
    if (this.places.strays("recall: it is old at once")) chunk.age = "old";
    return true;
  }

  #probe(about: About): boolean {
    const chunk = this.#aside(about);
    if (chunk === undefined || this.#letsThrough(about.output)) return false;
    if (this.#attempted(about.output)) return false;
    this.places.does("probe: it is one", () => (chunk.age = "newProbe"));
    if (this.places.strays("probe: it is old at once")) chunk.age = "oldProbe";
    return true;
  }
}
