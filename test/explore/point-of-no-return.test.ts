import { describe, expect, it } from "vitest";
import type { Parameters } from "../../models/parameters.ts";
import { checkScope, type PropertyResult } from "../../src/explore/check-scope.ts";
import { scopeFor } from "./scope-for.ts";

function judged(parameters: Partial<Parameters>, property: string): PropertyResult | undefined {
  return checkScope(scopeFor(parameters)).properties.find((one) => one.property === property);
}

const cases = [
  {
    what: "of the deadlock is the ingest that fills memory while the only task waits",
    parameters: {},
    property: "neverStuck",
    path: "ingest dispatch outputDown flushRetry [ingest] outputUp",
  },
  {
    what: "is the same for recovery",
    parameters: {},
    property: "recovery",
    path: "ingest dispatch outputDown flushRetry [ingest] outputUp",
  },
  {
    what: "of a larger deadlock is the last ingest: as long as one place in memory is free, a retry fits",
    parameters: { chunks: 4, taskMapSize: 2, maxChunksUp: 2 },
    property: "neverStuck",
    path: "ingest ingest ingest dispatch outputDown flushRetry dispatch flushRetry [ingest] outputUp",
  },
  {
    what: "with a quota that leaks comes once the quota is gone",
    parameters: { overLimitQuota: 1, releaseOnClose: false },
    property: "neverStuck",
    path:
      "ingest dispatch outputDown flushRetry ingest retryFireOverLimit outputUp flushOk " +
      "dispatch outputDown flushRetry [ingest] outputUp",
  },
  {
    what: "of a healthy output is the outage of the other one, which holds the only task",
    parameters: { outputs: 2 },
    property: "isolation",
    path: "ingest ingest dispatch flushOk [outputDown]",
  },
  {
    what: "of a reload that never ends is nothing that was before it began",
    parameters: {
      taskMapSize: 2,
      crash: true,
      backlog: true,
      shutdownPhase: "chunks",
      reload: true,
    },
    property: "shutdownEnds",
    path: "ingest crash [reload]",
  },
] satisfies readonly {
  readonly what: string;
  readonly parameters: Partial<Parameters>;
  readonly property: string;
  readonly path: string;
}[];

describe("the point of no return", () => {
  it.each(cases)("$what", ({ parameters, property, path }) => {
    const result = judged(parameters, property);
    const told = (result?.path?.steps ?? []).map(({ taken }, index) =>
      index === result?.pointOfNoReturn ? `[${taken.move.action}]` : taken.move.action,
    );
    expect(told.join(" ")).toBe(path);
  });

  it("is asked of progress alone", () => {
    const leak = { overLimitQuota: 1, releaseOnClose: false };
    expect(judged(leak, "quotaConserved")).toMatchObject({ length: 8, pointOfNoReturn: null });
    expect(judged(leak, "noStarvation")).toMatchObject({ length: null, pointOfNoReturn: null });
  });
});
