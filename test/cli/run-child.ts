import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = `${root}node_modules/.cache/unstuck/main.js`;

/** Bundles the command line as its sources are now; packages are taken from where they are installed. */
export async function bundleCommandLine(): Promise<void> {
  await build({
    entryPoints: [`${root}src/cli/main.ts`],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "warning",
  });
}

/** An `unstuck run` in a process of its own. */
export interface RunChild {
  /** What it has logged so far. */
  readonly log: () => string;
  readonly out: () => string;
  /** The process number. */
  readonly pid: number | undefined;
  /** Sends a signal; resolves with the exit code, or with the signal that ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | NodeJS.Signals | null>;
  /** Writes to standard input and ends it; resolves as {@link end} does. */
  readonly feed: (text: string) => Promise<number | NodeJS.Signals | null>;
}

/** The user and the group of a process that has no rights of its own: `nobody`. */
const nobody = 65_534;

/** Whether this process may start another one as {@link asNobody}, and that one can read the program. */
export function canBeNobody(): boolean {
  if (process.getuid?.() !== 0) return false;
  const { status } = spawnSync(process.execPath, [program, "--version"], {
    uid: nobody,
    gid: nobody,
  });
  return status === 0;
}

/** Starts `unstuck run` with these words, as another user if this one may do so. */
export function startRun(
  words: readonly string[],
  { asNobody = false, execArgv = [] }: { asNobody?: boolean; execArgv?: readonly string[] } = {},
): RunChild {
  const child = spawn(process.execPath, [...execArgv, program, "run", ...words], {
    stdio: "pipe",
    ...(asNobody ? { uid: nobody, gid: nobody } : {}),
  });
  let log = "";
  let out = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  const ended = once(child, "close").then(() => child.exitCode ?? child.signalCode);
  return {
    log: () => log,
    out: () => out,
    pid: child.pid,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
    feed: (text) => {
      child.stdin.end(text);
      return ended;
    },
  };
}
