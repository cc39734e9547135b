import type { WaitGraph } from "./wait-for.ts";

/** A violation told to someone who has not seen the model. */
export interface Story {
  /** What happens, in a sentence, such as `Fluent Bit 3.0.4 deadlocks after one outage.` */
  readonly headline: string;
  /** Why, in a few sentences. */
  readonly why: readonly string[];
  /** Who waits for whom at the end; nobody where that is not the matter. */
  readonly waits: WaitGraph;
}
