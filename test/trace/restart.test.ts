import { describe, expect, it } from "vitest";
import { formatDifference } from "../../src/trace/trace-difference.ts";
import { validateTrace, type TraceValidation } from "../../src/trace/validate-trace.ts";
import { recordingNamed, releaseFor } from "./recordings.ts";
import { linesOf, traceFrom } from "./trace-text.ts";

/** The second was started on the storage of the first. */
const pairs = [
  ["v304_deadlock_map8_up8", "v304_restart_after_deadlock"],
  ["v511_deadlock_map8_up8", "v511_restart_after_deadlock"],
] as const;

describe.each(pairs)("%s, then %s, as one trace", (before, after) => {
  const recording = recordingNamed(before);
  const first = linesOf(recording);
  const second = linesOf(recordingNamed(after));
  const validate = (lines: readonly string[]): TraceValidation =>
    validateTrace(traceFrom(lines), releaseFor(recording), recording.settings);
  const stuck = validate(first);

  it("after a shutdown, every chunk is found again and delivered", () => {
    const validation = validate([...first, ...second]);
    expect(validation.differences.map(formatDifference)).toEqual([]);
    expect(validation.knownDifferences).toMatchObject([{ name: "loadedAtRestart", count: 8 }]);
    expect(stuck.ending.verdict).toBe("stuck");
    expect(validation.ending.verdict).toBe("drained");
    expect(validation.actions).toBe(stuck.actions + 60);
  });

  it("after a kill, the model crashes and goes on as well", () => {
    const shutdown = first.findLastIndex((line) => line.includes('"reschedule"'));
    const killed = [...first.slice(0, shutdown + 1), ...second];
    const validation = validate(killed);
    expect(validation.differences.map(formatDifference)).toEqual([]);
    expect(validation.knownDifferences).toMatchObject([{ name: "loadedAtRestart", count: 8 }]);
    expect(validation.ending.verdict).toBe("drained");
  });

  it("a chunk that the first process left and the second does not find is a difference", () => {
    const total = (line: string): string => {
      const isOpen = line.includes('"open_');
      return line.replace(
        /"total":(\d+)/,
        (_, digits: string) => `"total":${isOpen ? digits : String(Number(digits) - 1)}`,
      );
    };
    // The last chunk that is opened down: then `total` is one less everywhere after.
    const last = second.findLastIndex((line) => line.includes('"open_down"'));
    const name = /"chunk":"([^"]+)"/.exec(second[last] ?? "")?.[1] ?? "";
    const without = second.filter((line) => !line.includes(name)).map(total);
    const [difference] = validate([...first, ...without]).differences;
    expect(difference?.event).toBe("up");
    expect(difference?.sentence).toBe(`chunks of the last process were not found again: ${name}`);
  });

  it("a chunk put down at any other time is a difference", () => {
    const late = second.findIndex((line) => line.includes('"map_full"'));
    const loaded = second.find((line) => line.includes('"task_create"')) ?? "";
    const down = loaded.replace("task_create", "down").replace(/"up":\d+/, '"up":7');
    const [reported] = validate([
      ...second.slice(0, late),
      down,
      ...second.slice(late),
    ]).differences;
    expect(reported?.line).toBe(late + 1);
    expect(reported?.sentence).toBe("the model does not allow evict here");
  });
});
