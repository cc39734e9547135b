import type { Phase } from "../../engine/simulation/scenario.ts";
import { BadInput } from "../bad-input.ts";
import { isDuration, parseDuration } from "./simulate-duration.ts";

/** A phase as it was written: its outputs are not looked up yet. */
export interface WrittenPhase {
  readonly name: string;
  /** Virtual seconds. */
  readonly seconds: number;
  readonly down: "all" | readonly string[];
  readonly feeding: boolean;
  readonly restart: boolean;
  /** Where it was written, for complaints: `story.yaml:7`, or `--phases`. */
  readonly where: string;
}

interface Kind {
  readonly down: WrittenPhase["down"];
  readonly feeding: boolean;
  readonly restart: boolean;
}

const kinds = new Map<string, Kind>([
  ["healthy", { down: [], feeding: true, restart: false }],
  ["outage", { down: "all", feeding: true, restart: false }],
  ["drain", { down: [], feeding: false, restart: false }],
  ["restart", { down: [], feeding: true, restart: true }],
]);

const kindNames = [...kinds.keys()].join(", ");

/**
 * Reads phases such as `healthy 60s, outage(b) 2h, drain 10m`. Each is a kind (`healthy`, `outage`,
 * `drain`: no input, `restart`: the process is killed and started again), for an outage the outputs
 * that are down if not all are, a duration, and any of the words `no-input` and `restart`.
 *
 * @throws BadInput that says where and which phase
 */
export function parsePhases(text: string, where: string): readonly WrittenPhase[] {
  const parts = text.split(/,(?![^(]*\))/u).map((part) => part.trim());
  if (parts.every((part) => part === "")) throw new BadInput(`${where}: there is no phase in it`);
  return parts.map((part) => parsePhase(part, where));
}

/** Reads one phase; see {@link parsePhases}. */
export function parsePhase(text: string, where: string): WrittenPhase {
  const complain = (problem: string): BadInput => new BadInput(`${where}: "${text}": ${problem}`);
  const shape = /^(?<kind>[^\s(]+)\s*(?:\((?<list>[^()]*)\))?(?<rest>[^()]*)$/u.exec(text)?.groups;
  if (shape === undefined) {
    throw complain("a phase is a kind, outputs if not all are down, and a duration: outage(b) 10m");
  }
  const kindName = shape["kind"] ?? "";
  const kind = kinds.get(kindName);
  if (kind === undefined) {
    throw complain(`there is no kind of phase "${kindName}"; there are ${kindNames}`);
  }
  const words = (shape["rest"] ?? "").split(/\s+/u).filter((word) => word !== "");
  const at = words.findIndex(isDuration);
  const named = at < 0 ? [] : words.slice(0, at);
  if (at < 0) throw complain("a duration is missing, such as 90s, 10m or 1h30m");
  const list = shape["list"];
  const listed = list === undefined ? [] : list.split(",").map((name) => name.trim());
  const outputs = [...listed, ...named];
  if (outputs.includes("")) throw complain("the list of outputs has an empty place");
  if (outputs.length > 0 && kindName !== "outage") {
    throw complain(`outputs are named for an outage only, and this is ${kindName}`);
  }
  const seconds = secondsOf(words[at] ?? "", where, text);
  const extra = words.slice(at + 1);
  for (const word of extra) {
    if (word !== "no-input" && word !== "restart") {
      throw complain(`"${word}" is not understood; after the duration come no-input and restart`);
    }
  }
  return {
    name: outputs.length > 0 ? `${kindName}(${outputs.join(",")})` : kindName,
    seconds,
    down: outputs.length > 0 ? outputs : kind.down,
    feeding: kind.feeding && !extra.includes("no-input"),
    restart: kind.restart || extra.includes("restart"),
    where,
  };
}

/** Reads the duration of a phase. */
export function secondsOf(word: string, where: string, phase: string): number {
  const seconds = parseDuration(word);
  if (seconds === undefined) {
    throw new BadInput(`${where}: "${phase}": "${word}" is no duration; write 90s, 10m or 1h30m`);
  }
  if (seconds < 0.001) throw new BadInput(`${where}: "${phase}": a phase lasts longer than 0 s`);
  return seconds;
}

/**
 * Finds the outputs of written phases, by name, by number from 0, or by letter from a.
 *
 * @throws BadInput if there is no such output
 */
export function resolvePhases(
  written: readonly WrittenPhase[],
  outputNames: readonly string[],
): readonly Phase[] {
  return written.map(({ name, seconds, down, feeding, restart, where }) => ({
    name,
    seconds,
    down:
      down === "all"
        ? [...outputNames.keys()]
        : [...new Set(down.map((output) => outputId(output, outputNames, where)))].sort(
            (a, b) => a - b,
          ),
    feeding,
    ...(restart ? { restart } : {}),
  }));
}

function outputId(output: string, names: readonly string[], where: string): number {
  const byName = names.indexOf(output);
  if (byName >= 0) return byName;
  const id = /^\d+$/u.test(output)
    ? Number(output)
    : /^[a-z]$/u.test(output)
      ? output.charCodeAt(0) - "a".charCodeAt(0)
      : Number.NaN;
  if (id < names.length) return id;
  throw new BadInput(`${where}: there is no output "${output}"; there are ${names.join(", ")}`);
}
