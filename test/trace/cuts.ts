import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Release } from "../../models/description.ts";
import { release as correctedFix } from "../../models/releases/corrected-fix.ts";
import { release as hardenedFix } from "../../models/releases/hardened-fix.ts";
import { release as park } from "../../models/releases/park.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { release as v51 } from "../../models/releases/v5.1.ts";
import type { RecordedSettings } from "../../src/trace/trace-scope.ts";

function releaseOf(name: string): Release {
  if (name.includes("_corrfix_")) return correctedFix;
  if (name.includes("_hardfix_")) return hardenedFix;
  if (name.startsWith("v304_park_")) return park;
  return name.startsWith("v511_") ? v51 : v304;
}

/** The beginning of a recording, with the release that its build stands for and the limits that it was made with. */
export interface Cut {
  readonly name: string;
  readonly release: Release;
  readonly settings: RecordedSettings;
  readonly lines: readonly string[];
}

/** The cut of this name. */
export function cut(name: string): Cut {
  const file = new URL(`../fixtures/recording-cuts/${name}.ndjson.gz`, import.meta.url);
  const [, taskMapSize = "8", maxChunksUp = "8"] = /_map(\d+)_up(\d+)/.exec(name) ?? [];
  const quota = /_q(\d)_/.exec(name)?.[1];
  return {
    name,
    release: releaseOf(name),
    settings: {
      taskMapSize: Number(taskMapSize),
      maxChunksUp: Number(maxChunksUp),
      outputs: /_tworoutes_|_park_hold_(chaos|downgrade|limit64k)_/.test(name) ? 2 : 1,
      ...(quota === undefined ? {} : { overLimitQuota: Number(quota) }),
      ...(name.includes("_retrylimit1_") ? { retryLimit: 1 } : {}),
    },
    lines: gunzipSync(readFileSync(fileURLToPath(file)))
      .toString()
      .trimEnd()
      .split("\n"),
  };
}
