import { formatPosition } from "../../config/position.ts";
import type { FluentBitConfiguration } from "../../config/fluent-bit-configuration.ts";
import type { SettingInUse } from "../../config/settings/setting-in-use.ts";
import { runJson, type Json } from "../scope/check-json.ts";
import type { ConfigurationVerdict } from "../../analysis/configuration/configuration-verdict.ts";

function settingJson({ setting, value, position, changes, reason, cFunction }: SettingInUse): Json {
  return {
    setting,
    value,
    position: position === undefined ? null : formatPosition(position),
    changes: changes ?? null,
    reason,
    cFunction: cFunction ?? null,
  };
}

function configurationJson(configuration: FluentBitConfiguration): Json {
  const { service, engine, version, inputs, outputs } = configuration;
  return {
    file: configuration.file,
    format: configuration.format,
    files: configuration.files,
    version: version.text,
    release: engine.release,
    taskMapSize: engine.taskMapSize,
    maxChunksUp: service.maxChunksUp.value,
    inputs: inputs.map((input) => ({
      name: input.name,
      alias: input.alias ?? null,
      eventTypes: input.eventTypes,
      storageType: input.storageType.value,
      pauseOnChunksOverlimit: input.pauseOnChunksOverlimit.value,
      memBufLimit: input.memBufLimit.value,
      masks: input.routes.masks,
    })),
    outputs: outputs.map((output) => ({
      index: output.index,
      name: output.name,
      alias: output.alias ?? null,
      match: output.match?.value ?? null,
      matchRegex: output.matchRegex?.value.source ?? null,
      eventTypes: output.eventTypes,
      retryLimit: output.retryLimit.value,
      asksForRetries: output.asksForRetries,
      totalLimit: output.totalLimit?.value ?? null,
    })),
    warnings: configuration.warnings.map(({ message, position }) => ({
      message,
      position: position === undefined ? null : formatPosition(position),
    })),
    notCovered: configuration.settings.map(settingJson),
  };
}

function everySizeJson(everySize: ConfigurationVerdict["everySize"]): Json {
  if (everySize === null) return null;
  if (everySize.kind === "failed") return { properties: {}, reason: everySize.sentence };
  const { properties, sizes, elapsedMs } = everySize.proof;
  return {
    taskMapSize: sizes["T"] ?? 0,
    maxChunksUp: sizes["X"] ?? 0,
    properties: Object.fromEntries(
      properties.map(({ property, verdict, condition, reason }) => [
        property,
        {
          verdict,
          condition: condition?.text ?? null,
          leastChunks: condition?.chunks ?? null,
          reason,
        },
      ]),
    ),
    reason: null,
    elapsedMs: Math.round(elapsedMs),
  };
}

/** A judged configuration as JSON; the fields are documented in docs/cli.md and stable. */
export function configurationVerdictJson(verdict: ConfigurationVerdict, elapsedMs: number): Json {
  const { judged, lifted, shape, decision } = verdict;
  return {
    configuration: configurationJson(verdict.configuration),
    canGetStuck: decision.answer === "undecided" ? null : decision.answer === "stuck",
    notDecided: decision.reasons,
    mechanism: decision.by,
    conditions: decision.conditions,
    consequences: decision.consequences,
    isolation:
      decision.answer === "undecided" ||
      (decision.settings.length > 0 && verdict.isolation === "holds")
        ? null
        : verdict.isolation,
    everySize: everySizeJson(verdict.everySize),
    outputs: shape?.outputNames ?? [],
    simplifications: shape?.simplifications ?? [],
    runs: judged === null ? [] : [runJson(judged, elapsedMs)],
    lifted: lifted === null ? null : { ...lifted },
    restartFrees: verdict.restartFrees,
    remedies: verdict.remedies.map(({ change, needs, cost, result }) => ({
      change,
      needs,
      cost,
      release: result?.scope.release ?? null,
      parameters: result === null ? null : { ...result.scope.parameters },
      properties: Object.fromEntries(
        (result?.properties ?? []).map(({ property, verdict: said, length }) => [
          property,
          { verdict: said, length },
        ]),
      ),
    })),
  };
}
