import { engineOfVersion } from "../../config/engine-features.ts";
import { parseFluentBitVersion } from "../../config/version.ts";
import type { LimitsOf } from "../../diagnose/judge/diagnosis.ts";
import { askedVersion } from "./asked-version.ts";
import { maxChunksUpIn } from "./max-chunks-up.ts";

/** What is told of an engine besides its logs and metrics. */
export interface LimitOptions {
  readonly fluentBit?: string;
  readonly taskMap?: number;
  readonly maxChunksUp?: number;
  readonly config?: string;
}

/**
 * The limits of an engine: what it tells itself comes before what was told.
 *
 * @throws BadInput or ConfigurationError if a version or the configuration cannot be read.
 */
export function toldLimits(options: LimitOptions): LimitsOf {
  const { fluentBit, config } = options;
  const asked = fluentBit === undefined ? null : askedVersion(fluentBit);
  const fromFile = config === undefined ? null : maxChunksUpIn(config, asked ?? undefined);
  const toldUp = options.maxChunksUp ?? fromFile;
  return (logged, maxChunksUp) => {
    const known = logged === null ? undefined : parseFluentBitVersion(logged);
    const version = known ?? asked;
    const { taskMapSize } = engineOfVersion(version ?? askedVersion(undefined));
    return {
      taskMapSize: options.taskMap ?? taskMapSize,
      taskMapIsKnown: options.taskMap !== undefined || version !== null,
      maxChunksUp: maxChunksUp ?? toldUp,
    };
  };
}
