import type { ActionCall } from "./action-call.ts";
import type { ConformScope } from "./conform-scopes.ts";
import type { JsonObject } from "./json.ts";

/** What a subject answers to an action: its whole state, or that the action is not enabled. */
export type Answer = { readonly state: JsonObject } | { readonly refused: string };

/** Something that is held against the model: a port in another process, or the reference engine. */
export interface Subject {
  /** Starts again in the initial state of a scope; answers that state. */
  readonly reset: (scope: ConformScope) => JsonObject | Promise<JsonObject>;
  /** Takes an action, or says that it is not enabled and changes nothing. */
  readonly act: (call: ActionCall) => Answer | Promise<Answer>;
  /** The whole state. */
  readonly state: () => JsonObject | Promise<JsonObject>;
}

/**
 * A subject cannot go on: its process ended, says nothing, or talks nonsense. The message is one sentence for the user.
 * The next `reset` may start it again.
 */
export class SubjectFailure extends Error {
  override readonly name = "SubjectFailure";
  /** Whether it took the whole time that an answer may take to find out. */
  readonly timedOut: boolean;

  constructor(message: string, timedOut = false) {
    super(message);
    this.timedOut = timedOut;
  }
}
