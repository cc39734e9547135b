import fc from "fast-check";
import { versions, type Asked } from "./rows.ts";

/** Settings that go together. */
export const randomSettings = fc
  .record({
    release: fc.constantFrom(...versions),
    slots: fc.integer({ min: 1, max: 3 }),
    limit: fc.integer({ min: 1, max: 2 }),
    threads: fc.integer({ min: 1, max: 2 }),
    queuedLimit: fc.option(fc.integer({ min: 1, max: 3 })),
    retryMax: fc.option(fc.integer({ min: 0, max: 2 })),
    overflow: fc.constantFrom("throw", "block", "drop"),
    mode: fc.constantFrom("interval", "immediate", "lazy"),
    reemit: fc.constantFrom("no", "plain", "checked"),
    buffer: fc.constantFrom("file", "memory"),
    flags: fc.subarray(["secondary", "delayed", "race", "crash", "shutdown", "hangs"], {
      maxLength: 3,
    }),
    flush: fc.boolean(),
    timeout: fc.boolean(),
  })
  .map((one): Asked => ({
    release: one.release,
    settings: [
      ...[`slots=${one.slots}`, `limit=${one.limit}`, `threads=${one.threads}`],
      ...[`overflow=${one.overflow}`, `mode=${one.mode}`, `reemit=${one.reemit}`],
      `buffer=${one.buffer}`,
      ...(one.queuedLimit === null ? [] : [`queuedLimit=${one.queuedLimit}`]),
      ...(one.retryMax === null ? [] : [`retryMax=${one.retryMax}`]),
      ...one.flags.map((flag) => `${flag}=true`),
      ...(one.flags.includes("hangs") && !one.timeout ? ["timeout=false"] : []),
      ...(one.flags.includes("shutdown") ? [`flushAtShutdown=${one.flush}`] : []),
    ],
  }));
