import { loadReleases } from "../../src/compile/load-releases.ts";
import { Deadline } from "../../src/analysis/configuration/deadline.ts";
import { decideConfiguration } from "../../src/analysis/configuration/decide-configuration.ts";
import { judgeConfiguration } from "../../src/analysis/configuration/judge-configuration.ts";
import type { FluentBitConfiguration } from "../../src/config/fluent-bit-configuration.ts";
import { readFluentBitConfiguration } from "../../src/config/read-configuration.ts";
import { parseFluentBitVersion } from "../../src/config/version.ts";
import type { Decision } from "../../src/analysis/configuration/configuration-verdict.ts";
import { inMemoryFiles } from "../config/in-memory-files.ts";

const releases = await loadReleases();

function versionOf(text: string): NonNullable<ReturnType<typeof parseFluentBitVersion>> {
  const version = parseFluentBitVersion(text);
  if (version === undefined) throw new Error(`the test gives a bad version: ${text}`);
  return version;
}

/** What is decided about a configuration, without a proof and without remedies. */
function decide(configuration: FluentBitConfiguration): Decision {
  return decideConfiguration(
    configuration,
    judgeConfiguration(configuration, releases, Deadline.never),
  );
}

/** A configuration given as text; YAML if it says `pipeline:`. */
export function textConfiguration(text: string, version = "5.1.1"): FluentBitConfiguration {
  const file = /^pipeline:/mu.test(text) ? "/etc/fluent-bit.yaml" : "/etc/fluent-bit.conf";
  return readFluentBitConfiguration(file, {
    version: versionOf(version),
    files: inMemoryFiles({ [file]: text }),
  });
}

/** What is decided about a configuration that is given as text. */
export function decideText(text: string, version?: string): Decision {
  return decide(textConfiguration(text, version));
}

/** What is decided about one of the cases in test/fixtures/config/operators. */
export function decideCase(name: string, version = "5.1.1"): Decision {
  return decide(
    readFluentBitConfiguration(`test/fixtures/config/operators/${name}`, {
      version: versionOf(version),
    }),
  );
}
