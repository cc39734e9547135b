/** The properties that are judged on a single state. */
export type StateProperty =
  | "memoryBound"
  | "quotaConserved"
  | "flushingIsMapped"
  | "taskMapBound"
  | "ownerAlive"
  | "pauseOwned"
  | "taskAlive"
  | "limitHolds"
  | "diskBound";

/** The properties that are judged on a single transition; the shortest length counts that action. */
export type TransitionProperty = "noLoss" | "lossOnlyByLimit" | "neverExits" | "keptOrDelivered";

/** The progress properties with two parts, of which the shortest length is the shorter. */
export type TwoPartProperty = "recovery" | "inputResumes" | "shutdownEnds";

/** The progress properties with a verdict and no length. */
export type VerdictProperty =
  "isolationFair" | "isolationHangFair" | "noStarvation" | "inputResumesFair";

export type PropertyName =
  | StateProperty
  | TransitionProperty
  | TwoPartProperty
  | VerdictProperty
  | "neverStuck"
  | "isolation";
