import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readFluentBitConfiguration } from "../../src/config/read-configuration.ts";
import { NEWEST_KNOWN_VERSION, parseFluentBitVersion } from "../../src/config/version.ts";

const folder = join(import.meta.dirname, "..", "fixtures", "config", "recordings");
const recordings = readdirSync(folder).sort();

describe("the configuration of every recording", () => {
  it("is there", () => {
    expect(recordings).toHaveLength(14);
  });

  it.each(recordings)("%s is read as it was run", (recording) => {
    const series = recording.startsWith("v511") ? "5.1.1" : "3.0.4";
    const configuration = readFluentBitConfiguration(join(folder, recording, "fluent-bit.conf"), {
      version: parseFluentBitVersion(series) ?? NEWEST_KNOWN_VERSION,
    });
    const twoRoutes = recording.includes("tworoutes");
    const maxChunksUp = recording.includes("pristine") ? 128 : 8;
    expect(configuration.warnings).toEqual([]);
    expect(configuration.engine.taskMapSize).toBe(series === "5.1.1" ? 16_384 : 2048);
    expect(configuration.service.maxChunksUp.value).toBe(maxChunksUp);
    expect(configuration.service.schedulerCap.value).toBe(2);
    expect(configuration.filesystem.inputs).toEqual(configuration.inputs);
    expect(configuration.outputs.map(({ alias }) => alias)).toEqual(
      twoRoutes ? ["out_a", "out_b"] : ["out_a"],
    );
    // The outputs take logs only; a client of in_forward may send metrics and traces too.
    const mayHaveNoRoute = configuration.inputs.some(({ plugin }) => plugin === "forward");
    expect(configuration.filesystem).toMatchObject({
      routes: { masks: [twoRoutes ? [0, 1] : [0]], exact: true, mayHaveNoRoute },
      routing: "all",
      routingIsExact: true,
      retryLimits: ["no_limits"],
      pause: "off",
    });
    expect(configuration.settings).toEqual([]);
  });
});
