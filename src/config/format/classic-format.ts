import { isAbsolute, posix } from "node:path";
import { ConfigurationError } from "../configuration-error.ts";
import type { Position } from "../position.ts";
import type { ConfigurationFiles } from "./configuration-files.ts";
import { emptyConfigurationFormat, type ConfigurationFormat } from "./configuration-format.ts";
import { expandGlob } from "./glob.ts";
import { checkIndentation, leadingBlanks } from "./indentation.ts";
import { createFileOpener } from "./open-file.ts";
import { rootFolder } from "./root-folder.ts";
import { sectionType, type Section } from "./section.ts";

const INCLUDE = /^@include (?<path>.+)$/iu;

/** Splits lines as fgets(3) does; a carriage return before the line feed is dropped. */
function splitLines(text: string): readonly string[] {
  return text.split("\n").map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
}

function refuseByteOrderMark(path: string, text: string): void {
  if (text.startsWith("\u{FEFF}")) {
    throw new ConfigurationError(
      { file: path, line: 1 },
      "the file starts with a byte order mark, which Fluent Bit does not skip; expected plain UTF-8.",
    );
  }
}

/** `@SET name=value`; other commands are ignored (`flb_meta.c::flb_meta_run`). */
function readMeta(line: string, position: Position, format: ConfigurationFormat): void {
  const space = line.indexOf(" ");
  if (space < 0) {
    throw new ConfigurationError(position, `expected a value after '${line}', as in '@SET A=b'.`);
  }
  if (line.slice(1, space).toLowerCase() !== "set") {
    return;
  }
  const definition = line.slice(space + 1).trim();
  const equals = definition.indexOf("=");
  if (equals < 0) {
    throw new ConfigurationError(
      position,
      `expected NAME=value after @SET, found '${definition}'.`,
    );
  }
  format.variables.push({
    name: definition.slice(0, equals),
    value: definition.slice(equals + 1),
    position,
  });
}

function readHeader(line: string, position: Position): Section {
  const end = line.indexOf("]");
  if (end < 0) {
    throw new ConfigurationError(position, `expected a section header [NAME], found '${line}'.`);
  }
  const name = line.slice(1, end);
  return { type: sectionType(name), name, position, properties: [] };
}

/** A key and its value: only a space parts them, a tab does not. */
function readKeyValue(content: string, position: Position): { key: string; value: string } {
  const space = content.indexOf(" ");
  if (space < 0) {
    throw new ConfigurationError(
      position,
      content.includes("\t")
        ? `expected a space between key and value; '${content}' has only tabs.`
        : `expected a value after the key '${content}'.`,
    );
  }
  if (space === content.length - 1) {
    throw new ConfigurationError(
      position,
      `expected a value after the key '${content.slice(0, space)}'.`,
    );
  }
  return {
    key: content.slice(0, space).trim().toLowerCase(),
    value: content.slice(space + 1).trim(),
  };
}

function firstIndentation(line: string, position: Position): string {
  const blanks = leadingBlanks(line);
  if (blanks === "") {
    throw new ConfigurationError(
      position,
      `expected a [SECTION] header or an indented 'key value' line, found '${line}'.`,
    );
  }
  return blanks;
}

/** What reading the lines of one file remembers from line to line. */
interface FileState {
  section: Section | undefined;
  group: string | undefined;
  indentation: string | undefined;
}

/** An indented line: a key with its value, the header of a group, or nothing. */
function readContent(line: string, position: Position, state: FileState): void {
  state.indentation ??= firstIndentation(line, position);
  const check = checkIndentation(line, state.indentation);
  if (check.kind === "error") {
    throw new ConfigurationError(position, `${check.problem}; expected the same indentation.`);
  }
  const content = line.slice(check.level);
  if (content === "" || content.startsWith("#")) {
    return;
  }
  if (state.section === undefined) {
    throw new ConfigurationError(
      position,
      `expected a [SECTION] header before '${content.trim()}'.`,
    );
  }
  if (check.kind === "content") {
    state.group = undefined;
  }
  if (content.startsWith("[")) {
    state.group = readHeader(content, position).name.toLowerCase();
    return;
  }
  const { key, value } = readKeyValue(content, position);
  state.section.properties.push({
    key: state.group === undefined ? key : `${state.group}.${key}`,
    value,
    position,
  });
}

/**
 * Reads the classic format, `[SECTION]` with indented `key value` lines, and the files that it
 * includes. Paths are relative to the folder of the main file, also in included files
 * (`flb_cf_fluentbit.c::read_config`, release v3.0.4; its look into the working directory first is
 * left out, because the engine's is not ours).
 *
 * @throws ConfigurationError for anything that Fluent Bit refuses.
 */
export function readClassicFormat(
  mainFile: string,
  files: ConfigurationFiles,
): ConfigurationFormat {
  const format = emptyConfigurationFormat("classic");
  const opener = createFileOpener(files);
  const root = rootFolder(mainFile, files);

  function include(path: string, position: Position): void {
    const full = isAbsolute(path) ? path : posix.join(root, path);
    const found = path.includes("*") ? expandGlob(full, files) : [full];
    if (found.length === 0) {
      throw new ConfigurationError(position, `expected files to include at '${full}', found none.`);
    }
    for (const file of found) {
      readFile(file, position);
    }
  }

  function readLine(line: string, position: Position, state: FileState): void {
    const included = INCLUDE.exec(line)?.groups?.["path"];
    if (line === "" || line.startsWith("#")) {
      return;
    }
    if (included !== undefined) {
      include(included, position);
    } else if (line.startsWith("@") && line.length > 3) {
      readMeta(line, position, format);
    } else if (line.startsWith("[")) {
      state.section = readHeader(line, position);
      state.group = undefined;
      format.sections.push(state.section);
    } else {
      readContent(line, position, state);
    }
  }

  function readFile(path: string, includedAt: Position | undefined): void {
    const file = opener.open(path, includedAt);
    refuseByteOrderMark(path, file.text);
    format.files.push(path);
    const state: FileState = { section: undefined, group: undefined, indentation: undefined };
    for (const [index, line] of splitLines(file.text).entries()) {
      readLine(line, { file: path, line: index + 1 }, state);
    }
    file.close();
  }

  readFile(mainFile, undefined);
  return format;
}
