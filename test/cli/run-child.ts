import { spawn } from "node:child_process";
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
  log(): string;
  out(): string;
  /** Sends a signal; resolves with the exit code, or with the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
  /** Writes to standard input and ends it; resolves as {@link end} does. */
  feed(text: string): Promise<number | NodeJS.Signals | null>;
}

/** Starts `unstuck run` with these words. */
export function startRun(words: readonly string[]): RunChild {
  const child = spawn(process.execPath, [program, "run", ...words], { stdio: "pipe" });
  let log = "";
  let out = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  const ended = once(child, "close").then(() => child.exitCode ?? child.signalCode);
  return {
    log: () => log,
    out: () => out,
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
