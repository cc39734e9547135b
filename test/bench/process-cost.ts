import { spawnSync } from "node:child_process";

/** A program and its words. */
export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  readonly folder?: string;
}

/** What a whole process cost. */
export interface ProcessCost {
  readonly wallSeconds: number;
  /** Time of the processor. */
  readonly seconds: number;
  /** The most memory that it held at once, in MiB. */
  readonly mebibytes: number;
  readonly said: string;
}

/** Node tells nothing of a single child's memory: Python's `wait4` does. */
const wrapper = `
import json, os, sys, time
began = time.monotonic()
child = os.spawnvp(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
_, status, used = os.wait4(child, 0)
cost = {"wall": time.monotonic() - began, "cpu": used.ru_utime + used.ru_stime, "kib": used.ru_maxrss, "code": os.waitstatus_to_exitcode(status)}
print(json.dumps(cost), file=sys.stderr)
`;

/**
 * Runs a program to its end.
 *
 * @param endings the exit codes that are no failure: tools tell a violation by one
 * @throws Error if it ends in another way
 */
export function processCost(
  { program, words, folder }: Command,
  endings: readonly number[],
): ProcessCost {
  const { stdout, stderr, error } = spawnSync("python3", ["-c", wrapper, program, ...words], {
    ...(folder === undefined ? {} : { cwd: folder }),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw error;
  const told = /\{"wall": ([\d.e-]+), "cpu": ([\d.e-]+), "kib": (\d+), "code": (-?\d+)\}\s*$/.exec(
    stderr,
  );
  const [wall = 0, cpu = 0, kib = 0, code = -1] = (told ?? []).slice(1).map(Number);
  if (told === null || !endings.includes(code)) {
    throw new Error(`${[program, ...words].join(" ")} ended with ${code}: ${stderr.slice(0, 400)}`);
  }
  return { wallSeconds: wall, seconds: cpu, mebibytes: kib / 1024, said: stdout };
}
