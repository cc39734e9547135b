import type { CommandRegistrar } from "./command-registrar.ts";

/** What the program knows of a command before it loads what the command needs. */
export interface CommandEntry {
  readonly name: string;
  readonly description: string;
  /** The arguments as the list of commands shows them; the command declares them itself. */
  readonly usage?: string;
  readonly load: () => Promise<CommandRegistrar>;
}

/** Every command, in the order of the help. Each loads only what it needs: `--version` and `--help` load none. */
export const commands: readonly CommandEntry[] = [
  {
    name: "check",
    description: "explore small scopes: which releases can get stuck, and the shortest way into it",
    load: async () => (await import("./check/check-command.ts")).checkCommand,
  },
  {
    name: "prove",
    description: "decide every property for all sizes at once, by counting and SMT",
    load: async () => (await import("./prove/prove-command.ts")).proveCommand,
  },
  {
    name: "verify-certificate",
    usage: "<file>",
    description: "check what prove --certificate wrote, statement by statement, without searching",
    load: async () =>
      (await import("./prove/verify-certificate-command.ts")).verifyCertificateCommand,
  },
  {
    name: "compare",
    usage: "[release...]",
    description: "fixes side by side: properties, memory, crashes, throughput, recovery",
    load: async () => (await import("./compare/compare-command.ts")).compareCommand,
  },
  {
    name: "simulate",
    description: "tell a story of outages on a virtual clock, with the reference engine",
    load: async () => (await import("./simulate/simulate-command.ts")).simulateCommand,
  },
  {
    name: "run",
    description: "run the reference engine: read lines, buffer them on disk, deliver them",
    load: async () => (await import("./run/run-command.ts")).runCommand,
  },
  {
    name: "bench",
    description: "measure the reference engine, or with --release or --set the search of a scope",
    load: async () => (await import("./bench/bench-command.ts")).benchCommand,
  },
  {
    name: "chart",
    usage: "[machine]",
    description: "draw a machine as a statechart, or how a release is composed of machines",
    load: async () => (await import("./export/chart-command.ts")).chartCommand,
  },
  {
    name: "export",
    description: "write a scope for other model checkers, or a run for other tools",
    load: async () => (await import("./export/export-command.ts")).exportCommand,
  },
  {
    name: "explore",
    description: "walk the state space of a scope in a browser: what lies behind each action",
    load: async () => (await import("./explore/explore-command.ts")).exploreCommand,
  },
  {
    name: "inspect",
    description: "run a release with live XState actors and watch them in a browser",
    load: async () => (await import("./explore/inspect-command.ts")).inspectCommand,
  },
  {
    name: "conform",
    usage: "<command...>",
    description: "hold a port in any language against the model; see docs/port-protocol.md",
    load: async () => (await import("./conform/conform-command.ts")).conformCommand,
  },
  {
    name: "generate",
    description: "write test vectors: JSON that any language can read",
    load: async () => (await import("./conform/generate-command.ts")).generateCommand,
  },
  {
    name: "port",
    description: "the reference engine as a port, to talk to and to compare with",
    load: async () => (await import("./conform/port-command.ts")).portCommand,
  },
  {
    name: "new",
    usage: "<folder>",
    description: "write the skeleton of a system of your own, to check, prove and draw",
    load: async () => (await import("./new/new-command.ts")).newCommand,
  },
  {
    name: "diagnose",
    usage: "<files...>",
    description: "say how a real engine fares, by its log, its metrics, or both",
    load: async () => (await import("./diagnose/diagnose-command.ts")).diagnoseCommand,
  },
  {
    name: "watch",
    usage: "<url>",
    description: "say how a live engine fares, by its HTTP server and its log, at each change",
    load: async () => (await import("./diagnose/watch-command.ts")).watchCommand,
  },
  {
    name: "alerts",
    description: "print alerting rules for Prometheus, or a Grafana dashboard, for an engine",
    load: async () => (await import("./diagnose/alerts-command.ts")).alertsCommand,
  },
  {
    name: "replay",
    usage: "<trace>",
    description: "hold a ground-truth recording of a real engine against the model, event by event",
    load: async () => (await import("./conform/replay-command.ts")).replayCommand,
  },
];
