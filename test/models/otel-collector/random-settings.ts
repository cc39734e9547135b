import fc from "fast-check";
import { release as v0121 } from "../../../models/otel-collector/releases/v0.121.ts";
import { release as v0129 } from "../../../models/otel-collector/releases/v0.129.ts";
import { release as v0159 } from "../../../models/otel-collector/releases/v0.159.ts";

/** Settings that go together. */
export const randomSettings = fc
  .record({
    release: fc.constantFrom(v0121, v0129, v0159),
    sizes: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })),
    consumers: fc.integer({ min: 1, max: 2 }),
    memory: fc.boolean(),
    crash: fc.constantFrom("no", "running", "any"),
    flags: fc.subarray(["block", "rejects", "shutdown", "hangs"]),
    storage: fc.subarray(["putFails", "readFails", "loadFails"]),
    more: fc.record({
      cancels: fc.boolean(),
      retry: fc.boolean(),
      giveUp: fc.boolean(),
      timeout: fc.boolean(),
      receiversWait: fc.boolean(),
      waitForResult: fc.boolean(),
    }),
  })
  .map(
    ({ release, sizes: [requests, queueSize], consumers, crash, flags, storage, more, ...one }) => {
      const memory = one.memory && release === v0159;
      const has = (flag: (typeof flags)[number]): boolean => flags.includes(flag);
      return {
        release,
        settings: [
          ...[`requests=${requests}`, `queueSize=${queueSize}`, `consumers=${consumers}`],
          ...[...flags, ...(memory ? [] : storage)].map((flag) => `${flag}=true`),
          ...(memory ? ["storage=memory"] : []),
          `crash=${crash}`,
          ...(has("block") && more.cancels ? ["cancels=true"] : []),
          more.retry ? (more.giveUp ? "giveUp=true" : "retry=true") : "retry=false",
          ...(has("hangs") && !more.timeout ? ["timeout=false"] : []),
          ...(has("shutdown") && more.receiversWait ? ["receiversWait=true"] : []),
          ...(memory && more.waitForResult && !(has("shutdown") && more.receiversWait)
            ? ["waitForResult=true"]
            : []),
        ],
      };
    },
  );
