import type { FluentBitConfiguration } from "../../src/config/fluent-bit-configuration.ts";
import { readFluentBitConfiguration } from "../../src/config/read-configuration.ts";
import type { Environment } from "../../src/config/values/variables.ts";
import { parseFluentBitVersion } from "../../src/config/version.ts";
import { inMemoryFiles } from "./in-memory-files.ts";

interface TextOptions {
  readonly version?: string;
  readonly environment?: Environment;
  readonly others?: Readonly<Record<string, string>>;
}

function readText(name: string, text: string, options: TextOptions): FluentBitConfiguration {
  const version = parseFluentBitVersion(options.version ?? "3.0.4");
  if (version === undefined) {
    throw new Error("the test gives a bad version");
  }
  return readFluentBitConfiguration(`/etc/${name}`, {
    version,
    environment: options.environment ?? {},
    files: inMemoryFiles({ [`/etc/${name}`]: text, ...options.others }),
  });
}

/** Reads a classic configuration, /etc/fluent-bit.conf, from memory; Fluent Bit 3.0.4. */
export function readClassic(text: string, options: TextOptions = {}): FluentBitConfiguration {
  return readText("fluent-bit.conf", text, options);
}

/** Reads a YAML configuration, /etc/fluent-bit.yaml, from memory; Fluent Bit 3.0.4. */
export function readYaml(text: string, options: TextOptions = {}): FluentBitConfiguration {
  return readText("fluent-bit.yaml", text, options);
}
