/** A machine as a picture: its states in the author's order, and what leads from one to another. */
export interface Chart {
  readonly role: string;
  readonly states: readonly { readonly name: string; readonly description: string }[];
  readonly transitions: readonly ChartTransition[];
}

/** One transition of a machine. */
export interface ChartTransition {
  readonly from: string;
  readonly to: string;
  readonly event: string;
  /** Name of the guard; empty if there is none. */
  readonly guard: string;
  readonly description: string;
}
