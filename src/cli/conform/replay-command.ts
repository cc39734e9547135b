import { readFileSync } from "node:fs";
import { loadReleases } from "../../compile/load-releases.ts";
import { replayJson, replayText } from "../../report/conform/replay-report.ts";
import { readTrace, type Trace } from "../../trace/read-trace.ts";
import { validateTrace, type TraceValidation } from "../../trace/validate-trace.ts";
import { BadInput } from "../bad-input.ts";
import type { CommandRegistrar } from "../command-registrar.ts";
import { exitCode } from "../exit-code.ts";
import { collect } from "../options/option-values.ts";
import { findRelease } from "../../compile/find-release.ts";
import { parametersOf } from "../options/scope-arguments.ts";
import { modelOption } from "../options/model-option.ts";

interface Options {
  readonly release: string;
  readonly set: readonly string[];
  readonly json?: true;
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new BadInput(
      `cannot read ${file}: ${error instanceof Error ? error.message : "unknown"}`,
    );
  }
}

/** Parameters that a recorded engine is not asked for: they are read from the trace, or always on. */
const settled = ["chunks", "routing", "crash", "schedulerFails", "shutdown"];

/** The trace of a file, which must hold an event: of an empty one there is nothing to say. */
function traceIn(file: string): Trace {
  const trace = readTrace(file, bytesOf(file));
  if (trace.events.length > 0) return trace;
  const why =
    trace.cutAt === null
      ? "no event is in the file"
      : "the file breaks off before its first event is over";
  throw new BadInput(`${file}: ${why}`);
}

function exitCodeOf({ differences, notModelled }: TraceValidation): number {
  if (differences.length > 0) return exitCode.violated;
  return notModelled === null ? exitCode.holds : exitCode.notComplete;
}

/** `unstuck replay`. */
export const replayCommand: CommandRegistrar = (command, terminal, finish) => {
  command
    .argument("<trace>")
    .option(...modelOption)
    .option("--release <name>", "the release that the recorded build is", "v3.0.4")
    .option(
      "--set <name=value>",
      "a limit of the recorded engine, such as taskMapSize=8 (repeatable)",
      collect,
      [],
    )
    .option("--json", "print JSON")
    .action(async (file: string, options: Options) => {
      const release = findRelease(await loadReleases(), options.release);
      const limits = ["--set taskMapSize", "--set maxChunksUp"].filter(
        (limit) => !options.set.some((one) => one.startsWith(`${limit.slice(6)}=`)),
      );
      if (limits.length > 0) throw new BadInput(`replay needs ${limits.join(" and ")}`);
      for (const setting of options.set) {
        const name = setting.split("=", 1)[0]?.trim() ?? "";
        if (settled.includes(name)) {
          terminal.err(
            `unstuck: replay settles ${name} itself: --set ${setting} changes nothing\n`,
          );
        }
      }
      const settings = parametersOf(release, options.set);
      const validation = validateTrace(traceIn(file), release, settings);
      terminal.out(
        options.json
          ? `${JSON.stringify(replayJson(validation))}\n`
          : `${replayText(validation, terminal.style)}\n`,
      );
      finish(exitCodeOf(validation));
    });
};
