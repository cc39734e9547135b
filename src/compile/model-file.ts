import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import type { Release, SystemDescription } from "../../models/description.ts";
import { fluentBitSystem } from "../../models/fluent-bit-system.ts";
import type { System, Values } from "../../models/system.ts";
import { DescriptionError } from "../errors/description-error.ts";
import { UserError } from "../errors/user-error.ts";
import { lendPackages } from "./own-packages.ts";

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function isNames(value: unknown, system: System): value is Release["applies"] {
  return (
    Array.isArray(value) &&
    value.every((name) => system.parameters.some((known) => known.name === name))
  );
}

function isSystem(value: unknown): value is System {
  return (
    isFields(value) &&
    ["name", "title", "atFirst", "usualRelease"].every((name) => typeof value[name] === "string") &&
    isFields(value["slots"]) &&
    Array.isArray(value["parameters"]) &&
    typeof value["refuses"] === "function"
  );
}

/** What each field of a release must be, in words; a field that may be missing says so by accepting `undefined`. */
const fieldsOf = (
  system: System,
): Readonly<Record<keyof Release, readonly [string, (value: unknown) => boolean]>> => ({
  system: [
    "a system: its name, title, atFirst, usualRelease, slots, parameters and refuses",
    isSystem,
  ],
  name: ["a text without spaces", (value) => typeof value === "string" && /^\S+$/u.test(value)],
  summary: ["a text", (value) => typeof value === "string"],
  order: ["a number", (value) => typeof value === "number"],
  offeredAs: ["a text", (value) => value === undefined || typeof value === "string"],
  defaults: ["an object of parameters", isFields],
  applies: [
    `a list of parameters: ${system.parameters.map(({ name }) => name).join(", ")}`,
    (value) => isNames(value, system),
  ],
  least: ["an object of sizes", isFields],
  realLimits: ["an object of limits", (value) => value === undefined || isFields(value)],
  describe: ["a function", (value) => typeof value === "function"],
});

function isRelease(value: Fields, fields: ReturnType<typeof fieldsOf>): value is Fields & Release {
  return Object.entries(fields).every(([name, [, fits]]) => fits(value[name]));
}

/** The description of a release, which may fail: then the error names the file. */
function describing(file: string, release: Release): Release {
  return {
    ...release,
    describe: (parameters: Values): SystemDescription => {
      try {
        return release.describe(parameters);
      } catch (error) {
        if (error instanceof UserError || !(error instanceof Error)) throw error;
        throw new DescriptionError(`${file}: describe: ${error.message}`);
      }
    },
  };
}

/**
 * Reads the release that a module exports as `release`. Fields that only a list of several releases needs may be missing:
 * `order` (then it comes last), `defaults`, `applies` (then every parameter), `least`, and `system` (then Fluent Bit).
 *
 * @param file how errors name the module
 * @throws DescriptionError if it exports none, or one of which a field is wrong
 */
export function readRelease(file: string, module: unknown): Release {
  const release = isFields(module) ? module["release"] : undefined;
  if (!isFields(release)) {
    throw new DescriptionError(`${file} exports no release: it must have "export const release"`);
  }
  const system = isSystem(release["system"]) ? release["system"] : fluentBitSystem;
  const applies = system.parameters.map(({ name }) => name);
  const whole: Fields = {
    ...{ order: Number.MAX_SAFE_INTEGER, defaults: {}, applies, least: {} },
    ...{ system: fluentBitSystem, summary: "a candidate" },
    ...(system === fluentBitSystem ? { realLimits: { taskMapSize: 2048, maxChunksUp: 128 } } : {}),
    ...release,
  };
  const fields = fieldsOf(system);
  if (isRelease(whole, fields)) return describing(file, whole);
  const [name, [must]] = Object.entries(fields).find(([key, [, fits]]) => !fits(whole[key])) ?? [
    "release",
    ["a release"],
  ];
  throw new DescriptionError(`${file}: ${name} of the release must be ${must}`);
}

/**
 * Loads a model file: JavaScript that exports a `release`, or TypeScript where Node strips types by itself.
 *
 * @throws UserError if the file cannot be loaded, DescriptionError if its release is wrong
 */
export async function loadModelFile(file: string): Promise<Release> {
  let module: unknown;
  try {
    lendPackages(resolve(file));
    module = await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ERR_UNKNOWN_FILE_EXTENSION" && /\.[cm]?ts$/u.test(file)) {
      throw new UserError(
        `${file}: Node ${process.version} does not load TypeScript by itself; use Node 24, or compile the file to JavaScript`,
      );
    }
    const message = error instanceof Error ? error.message : String(error);
    throw new UserError(`${file} cannot be loaded: ${message.split("\n", 1).join("")}`);
  }
  return readRelease(file, module);
}
