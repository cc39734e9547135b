import type { Release } from "../../models/description.ts";
import type { Parameters } from "../../models/parameters.ts";
import { checkScope, type PropertyResult, type ScopeResult } from "../explore/check-scope.ts";
import { scopeOf } from "../compile/scope.ts";
import { ownParameters } from "../compile/own-parameters.ts";

/** Something that a mechanism of the engine can do to its users, in a scope that is small enough to be explored at once. */
export interface MechanismFinding {
  /** The mechanism, by what turns it on. */
  readonly mechanism: string;
  /** What can happen, in a sentence. */
  readonly says: string;
  /** The versions of Fluent Bit of which that is so. */
  readonly versions: string;
  /** The property that says it must not happen. */
  readonly property: string;
  readonly settings: Partial<Parameters>;
}

/** A finding with what the search found. */
export interface FoundOut extends MechanismFinding {
  readonly release: Release;
  readonly result: ScopeResult;
  /** What was judged of the property. */
  readonly judged: PropertyResult;
}

/** One finding a mechanism; docs/findings.md tells them. */
export const mechanismFindings: readonly MechanismFinding[] = [
  {
    mechanism: "storage.pause_on_chunks_overlimit",
    says: "an input stays paused: the deadlock is as without it from max_chunks_up 2 on",
    versions: "v3.0.4 to v5.1.1",
    property: "inputResumes",
    settings: { chunks: 3, maxChunksUp: 2, pauseOnChunksOverlimit: true },
  },
  {
    mechanism: "mem_buf_limit on files",
    says: "chunks with several routes are put down, and meet the deadlock, too",
    versions: "since v3.0.2",
    property: "neverStuck",
    settings: { outputs: 2, memBufLimit: 1 },
  },
  {
    mechanism: "storage.type memory",
    says: "a stuck input on files stops memory inputs, which need tasks, too",
    versions: "since v3.0.2",
    property: "neverStuck",
    settings: { inputs: 2, storageType: ["filesystem", "memory"] },
  },
  {
    mechanism: "an output that hangs",
    says: "takes every task, or all memory, from the outputs that work, whatever the retry limit",
    versions: "v3.0.4 to v5.1.1",
    property: "isolation",
    settings: { outputs: 2, outputHangs: true, retryLimit: 1 },
  },
  {
    mechanism: "a flush that does not start",
    says: "loses the delivery without a word, beside an output that has the chunk",
    versions: "v3.0.4 to v5.1.1",
    property: "noLoss",
    settings: { outputs: 2, flushFails: ["start"] },
  },
  {
    mechanism: "storage.total_limit_size",
    says: "silences another input for ever: the last chunk of a paused input is evicted",
    versions: "v3.0.4 to v5.1.1",
    property: "pauseOwned",
    settings: {
      inputs: 2,
      storageType: ["filesystem", "memory"],
      totalLimit: 1,
      limitRule: "v5.0.8",
      memBufLimit: ["none", 1],
    },
  },
  {
    mechanism: "storage.total_limit_size, early",
    says: "ends the process with status 0, when what is being flushed cannot be dropped",
    versions: "to v3.1.3",
    property: "neverExits",
    settings: { totalLimit: 1, limitRule: "v3.0.4" },
  },
  {
    mechanism: "hot_reload",
    says: "never ends while the backlog is still loading",
    versions: "since v4.0.3",
    property: "shutdownEnds",
    settings: { taskMapSize: 2, crash: true, backlog: true, shutdownPhase: "chunks", reload: true },
  },
  {
    mechanism: "backlog.flush_on_shutdown",
    says: "puts chunks down that outputs are reading",
    versions: "since v4.0.3",
    property: "flushingIsMapped",
    settings: { shutdownPhase: "chunks", flushOnShutdown: true },
  },
  {
    mechanism: "storage.keep.rejected",
    says: "fills max_chunks_up at a restart: nothing comes up any more",
    versions: "v5.0.0 to v5.1.1",
    property: "neverStuck",
    settings: { chunks: 1, maxChunksUp: 2, retryLimit: 1, deadLetter: true, crash: true },
  },
  {
    mechanism: "storage.keep.rejected, full memory",
    says: "keeps nothing: the copy needs room in memory",
    versions: "since v4.2.0",
    property: "keptOrDelivered",
    settings: { retryLimit: 1, deadLetter: true },
  },
];

/** Explores each finding. */
export function findOut(
  release: Release,
  onProgress: (finding: MechanismFinding) => void,
): readonly FoundOut[] {
  return mechanismFindings.flatMap((finding) => {
    onProgress(finding);
    const parameters = { ...ownParameters(release), ...finding.settings };
    const result = checkScope(scopeOf(release, parameters));
    const judged = result.properties.find(({ property }) => property === finding.property);
    return judged === undefined ? [] : [{ ...finding, release, result, judged }];
  });
}
