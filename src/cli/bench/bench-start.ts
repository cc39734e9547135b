import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Terminal } from "../terminal.ts";

/** What is started, in the order of the table; the first is what all others are compared with. */
const starts: readonly { readonly title: string; readonly words: readonly string[] }[] = [
  { title: "node -e 0", words: ["-e", "0"] },
  ...["--version", "--help", "check --release v3.0.4", "prove --help"].map((command) => ({
    title: `unstuck ${command}`,
    words: [fileURLToPath(new URL("../main.js", import.meta.url)), ...command.split(" ")],
  })),
];

const rounds = 5;

/** Milliseconds of the processor that a child process took, its start included. */
function processorTime(words: readonly string[]): number {
  // A child is asked for its own time: what this process's other children took does not count.
  const tell =
    "process.on('exit',()=>{const{user,system}=process.cpuUsage();process.stderr.write(String((user+system)/1e3))})";
  const { stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(tell)}`, ...words],
    { encoding: "utf8" },
  );
  return Number(stderr);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** `unstuck bench --start`: what the processor spends until a command has answered, beside a Node process that does nothing. */
export function benchStart(terminal: Terminal): void {
  const taken = starts.map((): number[] => []);
  // Interleaved, so that a busy moment of the machine meets all of them.
  for (let round = 0; round < rounds; round++) {
    starts.forEach(({ words }, place) => taken[place]?.push(processorTime(words)));
  }
  const least = median(taken[0] ?? []);
  for (const [place, { title }] of starts.entries()) {
    const time = median(taken[place] ?? []);
    terminal.out(
      `${title.padEnd(32)}${time.toFixed(0).padStart(5)} ms of the processor  ${(time / least).toFixed(1)}×\n`,
    );
  }
}
