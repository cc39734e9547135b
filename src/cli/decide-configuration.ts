import type { FluentBitConfiguration } from "../config/fluent-bit-configuration.ts";
import { formatPosition } from "../config/position.ts";
import { decidingSettings, type DecidingSetting } from "../config/settings/setting-in-use.ts";
import {
  LARGEST_USUAL_CHUNK,
  SMALLEST_CHUNK,
  totalLimitMeaning,
  type LimitedOutput,
} from "../config/total-limit.ts";
import { byteWords } from "../report/byte-words.ts";
import type { Decision } from "../report/configuration-verdict.ts";
import { nothingJudgedReasons } from "../report/nothing-judged.ts";
import { settingSentence } from "../report/setting-sentence.ts";
import type { JudgedConfiguration } from "./judge-configuration.ts";

const totalLimit = "storage.total_limit_size";

function limitWords({ output, limit }: LimitedOutput): string {
  const where = limit.position === undefined ? "" : ` (${formatPosition(limit.position)})`;
  return `${totalLimit} of ${output.alias ?? output.name}, ${byteWords(limit.value)}${where}`;
}

/** What `storage.total_limit_size` means for an engine that gets stuck with so many chunks. */
function totalLimitDecision(
  { filesystem }: FluentBitConfiguration,
  chunks: number,
): Pick<Decision, "reasons" | "conditions"> {
  const meaning = totalLimitMeaning(filesystem.outputs, filesystem.routes.certain, chunks);
  switch (meaning.kind) {
    case "unlimited":
      return { reasons: [], conditions: [] };
    case "room": {
      const always = meaning.average > LARGEST_USUAL_CHUNK;
      const average = byteWords(meaning.average);
      return {
        reasons: [],
        conditions: [
          `It is possible only if chunks are smaller than ${average} on average: ${limitWords(meaning)}, has to hold ${chunks} of them. ${
            always
              ? "That is nearly always so: a chunk takes about 2 MB."
              : "With larger chunks the oldest are deleted before (data loss)."
          }`,
        ],
      };
    }
    case "shared":
      return {
        reasons: [
          `No single ${totalLimit} has room for the ${chunks} chunks that a stuck engine holds, but together the outputs' limits have; how eviction and several outputs go together is not in the model.`,
        ],
        conditions: [],
      };
    case "none":
      return {
        reasons: [
          `An engine that is stuck holds ${chunks} chunks, and ${meaning.limits.map(limitWords).join(", ")} has room for ${meaning.most} at most: a chunk file has at least one page (${SMALLEST_CHUNK} bytes), and ${chunks} fit only if they are smaller than ${byteWords(Math.floor(meaning.limits.reduce((sum, { limit }) => sum + limit.value, 0) / chunks))} on average. So the oldest chunks are deleted (data loss) long before the engine can get stuck in this way; what else deleting them does is not in the model.`,
        ],
        conditions: [],
      };
  }
}

/** Settings that may change a verdict: `adds` a "cannot", `removes` a "can". */
function thatMay(
  settings: readonly DecidingSetting[],
  change: "adds" | "removes",
): readonly DecidingSetting[] {
  return settings.filter(({ changes }) => changes === change || changes === "both");
}

function decideStuck(
  configuration: FluentBitConfiguration,
  judged: JudgedConfiguration,
  settings: readonly DecidingSetting[],
): Pick<Decision, "reasons" | "conditions"> {
  const { engine, service } = configuration;
  const chunks = engine.taskMapSize + service.maxChunksUp.value;
  const limits = totalLimitDecision(configuration, chunks);
  return {
    reasons: [
      ...limits.reasons,
      ...thatMay(settings, "removes")
        .filter(({ setting }) => setting !== totalLimit)
        .map(settingSentence),
      ...(judged.certainlyStuck === false
        ? [
            "It can get stuck by chunks that reach one output alone, and whether any chunk does is not known: routes hang on records, or on patterns that could not be followed.",
          ]
        : []),
    ],
    conditions: limits.conditions,
  };
}

/** Weighs what the model says of a configuration against what the configuration uses besides. */
export function decideConfiguration(
  configuration: FluentBitConfiguration,
  judged: JudgedConfiguration,
): Decision {
  const settings = decidingSettings(configuration.settings);
  const neverStuck = judged.judged?.properties.find(({ property }) => property === "neverStuck");
  if (neverStuck === undefined) {
    return {
      answer: "undecided",
      reasons: nothingJudgedReasons(configuration),
      conditions: [],
      settings,
    };
  }
  if (neverStuck.verdict === "unknown") {
    const reasons = ["the search was cut short."];
    return { answer: "undecided", reasons, conditions: [], settings };
  }
  if (neverStuck.verdict === "violated") {
    const { reasons, conditions } = decideStuck(configuration, judged, settings);
    return { answer: reasons.length > 0 ? "undecided" : "stuck", reasons, conditions, settings };
  }
  const reasons = thatMay(settings, "adds").map(settingSentence);
  return { answer: reasons.length > 0 ? "undecided" : "free", reasons, conditions: [], settings };
}
