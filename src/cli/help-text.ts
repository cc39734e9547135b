import type { Command } from "commander";

interface Told {
  readonly group: string;
  readonly examples: readonly string[];
  /** What exit codes mean here, besides 2 for bad input. */
  readonly exits: string;
}

const model = "Ask the model:";
const real = "Ask a real engine:";
const look = "Look at it:";
const engine = "The reference engine:";
const others = "For other implementations and tools:";

const served = "0 ended by Ctrl-C";
const done = "0 done";
const diagnosed = "0 nothing is wrong, 1 something is, 3 not decided";

/** What the help says of each command besides its options. */
const told: Readonly<Record<string, Told>> = {
  check: {
    group: model,
    examples: [
      "check",
      "check --release v3.0.4 --html deadlock.html",
      "check --config fluent-bit.yaml",
    ],
    exits: "0 it holds or is as pinned, 1 violated, 3 not decided",
  },
  prove: {
    group: model,
    examples: ["prove --release corrected-fix", "prove --config fluent-bit.conf --markdown"],
    exits: "0 proved, 1 refuted, 3 not decided",
  },
  "verify-certificate": {
    group: model,
    examples: ["verify-certificate proof.json"],
    exits: "0 every statement is confirmed, 1 one is not",
  },
  compare: {
    group: model,
    examples: ["compare", "compare published-fix corrected-fix --html fixes.html"],
    exits: done,
  },
  simulate: {
    group: engine,
    examples: ['simulate --phases "healthy 1m, outage 5m, drain 10m"'],
    exits: "0 no engine is stuck at the end, 1 one is",
  },
  run: {
    group: engine,
    examples: ["run --storage buffer --tail app.log --http http://127.0.0.1:8080/"],
    exits: "0 a clean end, also where chunks are left",
  },
  bench: { group: engine, examples: ["bench", "bench --release v3.0.4"], exits: done },
  chart: {
    group: look,
    examples: [
      "chart delivery --out delivery.svg",
      "chart --messages neverStuck --out deadlock.svg",
      "chart --waits neverStuck --mermaid",
    ],
    exits: done,
  },
  export: { group: others, examples: ["export --tla", "export --itf neverStuck"], exits: done },
  explore: { group: look, examples: ["explore --release v3.0.4 --set chunks=3"], exits: served },
  inspect: {
    group: look,
    examples: [
      "inspect --counterexample neverStuck --autoplay",
      "inspect --random 7 --set chunks=4",
    ],
    exits: served,
  },
  conform: {
    group: others,
    examples: ["conform --release v3.0.4 -- ./my-port"],
    exits: "0 the port conforms, 1 it does not",
  },
  generate: { group: others, examples: ["generate --out vectors --release v3.0.4"], exits: done },
  new: { group: others, examples: ["new my-system"], exits: done },
  port: { group: others, examples: ["conform -- unstuck port"], exits: done },
  diagnose: { group: real, examples: ["diagnose fluent-bit.log"], exits: diagnosed },
  watch: {
    group: real,
    examples: ["watch http://127.0.0.1:2020 --log fluent-bit.log"],
    exits: "0 it is not stuck, 1 it is",
  },
  alerts: { group: real, examples: ["alerts --dashboard"], exits: done },
  replay: {
    group: real,
    examples: ["replay trace.jsonl"],
    exits: "0 it is as in the model, 1 it is not, 3 not modelled",
  },
};

/** Options that many commands have, by what they are for. */
const optionGroups: Readonly<Record<string, readonly string[]>> = {
  "What it is about:": [
    ...["system", "model", "release", "set", "config", "fluent-bit", "storage-path"],
    ...["outputs", "routing"],
  ],
  "Limits:": ["time-limit", "max-states", "max-memory", "timeout"],
  "Output:": [
    ...["json", "markdown", "sarif", "html", "junit", "tap", "out", "format", "svg", "mermaid"],
    ...["png", "trace", "verbose", "coverage", "certificate", "dashboard"],
  ],
};

/** Puts a command where it belongs in the list of commands. */
export function groupCommand(command: Command): void {
  command.helpGroup(told[command.name()]?.group ?? "Commands:");
}

/** Groups the options of a command, which it has by now, and adds examples and exit codes to its help. */
export function tellHelp(command: Command): void {
  for (const option of command.options) {
    const name = option.long?.replace(/^--/, "") ?? "";
    const group = Object.entries(optionGroups).find(([, names]) => names.includes(name));
    if (group !== undefined) option.helpGroup(group[0]);
  }
  const { examples = [], exits = "" } = told[command.name()] ?? {};
  const lines = ["", "Examples:", ...examples.map((words) => `  unstuck ${words}`)];
  command.addHelpText("after", [...lines, "", `Exit codes: ${exits}; 2 bad input`].join("\n"));
}
