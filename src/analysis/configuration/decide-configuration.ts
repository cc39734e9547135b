import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import { decidingSettings, type DecidingSetting } from "../../config/settings/setting-in-use.ts";
import type { Decision } from "./configuration-verdict.ts";
import { nothingJudgedReasons } from "./nothing-judged.ts";
import { settingSentence } from "./setting-sentence.ts";
import { consequences } from "./consequences.ts";
import type { JudgedConfiguration } from "./judge-configuration.ts";
import { isPlain, type Variant } from "./judged-variants.ts";
import { openLimits, stuckConditions } from "./limit-conditions.ts";
import type { ConfigurationShape } from "./scope-of-configuration.ts";

/** Settings that may change a verdict: `adds` a "cannot", `removes` a "can". */
function thatMay(
  settings: readonly DecidingSetting[],
  change: "adds" | "removes",
): readonly DecidingSetting[] {
  return settings.filter(({ changes }) => changes === change || changes === "both");
}

/** The limits without which there would be no stall. */
function neededLimits(
  { inputs, outputNames }: ConfigurationShape,
  stuckIn: readonly Variant[],
): readonly string[] {
  return [
    ...inputs.flatMap(({ names: [name = ""], storageType }, input) =>
      storageType === "filesystem" && stuckIn.every(({ buffers }) => buffers[input] !== "none")
        ? [`Mem_Buf_Limit of ${name}`]
        : [],
    ),
    ...outputNames.flatMap((name, output) =>
      stuckIn.every(({ limits }) => limits[output] !== "none" && limits[output] !== "room")
        ? [`storage.total_limit_size of ${name}`]
        : [],
    ),
  ];
}

/** The limits that are met on the way into the stall that is shown. */
function metLimits({ judged }: JudgedConfiguration): string {
  if (judged === null) return "";
  const { shape, variant } = judged;
  return [
    ...shape.inputs.flatMap(({ names: [name = ""] }, input) =>
      variant.buffers[input] === "none" ? [] : [`Mem_Buf_Limit of ${name}`],
    ),
    ...shape.outputNames.flatMap((name, output) =>
      variant.limits[output] === "none" ? [] : [`storage.total_limit_size of ${name}`],
    ),
  ].join(", ");
}

/** Why a stall of the model is none of the configuration's for certain. */
function reasonsAgainst(
  judged: JudgedConfiguration,
  settings: readonly DecidingSetting[],
): readonly string[] {
  const { lifted, stuckIn, judged: shown } = judged;
  const length = shown?.result.properties.find(({ property }) => property === "neverStuck")?.length;
  return [
    ...thatMay(settings, "removes").map(settingSentence),
    ...(judged.certainlyStuck === false
      ? [
          "It can get stuck by chunks that reach one output alone, and whether any chunk does is not known: routes hang on records, or on patterns that could not be followed.",
        ]
      : []),
    ...(lifted === null && stuckIn.length > 0 && !stuckIn.some(isPlain)
      ? [
          `Where a limit (${metLimits(judged)}) takes a waiting chunk's place or one of its routes, small scopes have a way to get stuck, of ${length ?? 0} actions; it could not be followed at the real sizes.`,
        ]
      : []),
  ];
}

/** Why the engine's going on in every scope is not enough. */
function reasonsToDoubt(
  configuration: FluentBitConfiguration,
  shape: ConfigurationShape,
  judged: JudgedConfiguration,
  settings: readonly DecidingSetting[],
): readonly string[] {
  return [
    ...thatMay(settings, "adds").map(settingSentence),
    ...openLimits(configuration, shape, configuration.service.maxChunksUp.value),
    ...judged.lifecycle.open,
    ...(judged.complete ? [] : ["the search was cut short."]),
    ...(shape.leavesOut
      ? [
          "there are more kinds of inputs than can be judged together; of those that were, none gets the engine stuck.",
        ]
      : []),
  ];
}

/** Weighs what the model says of a configuration against what the configuration uses besides. */
export function decideConfiguration(
  configuration: FluentBitConfiguration,
  judged: JudgedConfiguration,
): Decision {
  const settings = decidingSettings(configuration.settings);
  const { shape, stuckIn } = judged;
  if (shape === null || judged.judged === null) {
    return {
      answer: "undecided",
      reasons: nothingJudgedReasons(configuration),
      by: [],
      conditions: [],
      consequences: [],
      settings,
    };
  }
  const { stalls } = judged.lifecycle;
  const isStuck = stuckIn.length > 0 || stalls.length > 0;
  const reasons = isStuck
    ? reasonsAgainst(judged, settings)
    : reasonsToDoubt(configuration, shape, judged, settings);
  const needed = stuckIn.length > 0 ? neededLimits(shape, stuckIn) : [];
  return {
    answer: reasons.length > 0 ? "undecided" : isStuck ? "stuck" : "free",
    reasons,
    by: stuckIn.length > 0 ? needed : stalls.map(({ setting }) => setting),
    conditions:
      stuckIn.length > 0
        ? stuckConditions(configuration, shape, stuckIn)
        : stalls.map(({ sentence }) => sentence),
    consequences: [
      ...(stuckIn.length > 0 ? stalls.map(({ sentence }) => sentence) : []),
      ...consequences(configuration, judged),
    ],
    settings,
  };
}
