/** A place in a drawing, in pixels from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle of a drawing. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Where everything in a statechart goes. Computed at development time; see `docs/charts`. */
export interface StatechartLayout {
  readonly width: number;
  readonly height: number;
  /** The dot that the initial arrow starts from, and that arrow. */
  readonly dot: Box;
  readonly start: readonly Point[];
  /** In the order of `stateBoxes`. */
  readonly states: readonly Box[];
  /** In the order of `arrows`. */
  readonly arrows: readonly { readonly points: readonly Point[]; readonly label: Box }[];
}
