import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Release } from "../../models/description.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { readTrace, type Trace } from "../../src/trace/read-trace.ts";
import type { RecordedSettings } from "../../src/trace/trace-scope.ts";

/** A run of a real Fluent Bit that wrote down its ground truth. */
export interface Recording {
  readonly name: string;
  /** The release of the model that the build stands for. */
  readonly release: string;
  readonly settings: RecordedSettings;
  /** What the README says came of it, in capitals. */
  readonly outcome: string;
  /** Flushes that failed, as the driver counted them in the log, over all phases. */
  readonly failedFlushes: number;
}

const folder = fileURLToPath(new URL("../fixtures/recordings/", import.meta.url));

function only(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`${String(pattern)} is not in ${text.slice(0, 80)}`);
  return found;
}

function releaseOf(name: string): string {
  if (name.includes("_pubfix_")) return "published-fix";
  if (name.includes("_corrfix_")) return "corrected-fix";
  return name.startsWith("v511_") ? "v5.1" : "v3.0.4";
}

function recording(name: string): Recording {
  const readme = readFileSync(join(folder, name, "README.md"), "utf8");
  const configuration = readFileSync(join(folder, name, "fluent-bit.conf"), "utf8");
  const quota = only(readme, /quota (\d+|-),/);
  return {
    name,
    release: releaseOf(name),
    settings: {
      taskMapSize: Number(only(readme, /task map (\d+)/)),
      maxChunksUp: Number(only(configuration, /storage\.max_chunks_up (\d+)/)),
      outputs: configuration.match(/\[OUTPUT\]/g)?.length ?? 0,
      overLimitQuota: quota === "-" ? 0 : Number(quota),
    },
    outcome: only(readme, /\*\*Outcome: ([^*]+)\*\*/),
    failedFlushes: readme
      .split("\n")
      .map((row) => Number(/^\|[^|]+\(\w+\) \|(?:[^|]+\|){3} (\d+) \|/.exec(row)?.[1] ?? 0))
      .reduce((sum, failed) => sum + failed, 0),
  };
}

const releases = await loadReleases();

/** The release of the model that a recording is held against. */
export function releaseFor({ release }: Recording): Release {
  const found = releases.find(({ name }) => name === release);
  if (found === undefined) throw new Error(`no release is called ${release}`);
  return found;
}

/** Every recording that has a ground-truth trace. */
export const recordings: readonly Recording[] = readdirSync(folder).sort().map(recording);

/** The recording of this name. */
export function recordingNamed(name: string): Recording {
  const found = recordings.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no recording is called ${name}`);
  return found;
}

/** The name and the bytes of a recording's trace. */
function traceFile({ name }: Recording): readonly [string, Uint8Array] {
  const file = `${name}/model_trace.ndjson.gz`;
  return [file, readFileSync(join(folder, file))];
}

/** The ground truth of a recording. */
export function traceOf(recording: Recording): Trace {
  return readTrace(...traceFile(recording));
}

/** The ground truth of a recording, as text. */
export function traceText(recording: Recording): string {
  return gunzipSync(traceFile(recording)[1]).toString();
}
