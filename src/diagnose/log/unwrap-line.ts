import { withoutColours } from "./colours.ts";
import { parseJson } from "../read/parse-json.ts";
import { lineInJson } from "./json-line.ts";
import { parseLogLine, type StampedText } from "./log-line.ts";

/** A line without what containers, journals and tools put around it. */
export interface UnwrappedLine {
  readonly content: string;
  /** What tells one engine from another where lines of several are mixed; empty where nothing does. */
  readonly source: string;
  /** Null where it has no time, as the banner and what a dump says. */
  readonly stamped: StampedText | null;
}

interface Wrapping {
  readonly pattern: RegExp;
  /** Whether the first group says which engine it is. */
  readonly names: boolean;
}

const wrappings: readonly Wrapping[] = [
  // Quoted, or with the numbers of cat -n and grep -n
  { pattern: /^(?:> ?)+/, names: false },
  { pattern: /^ *\d+(?:\t|:(?!\d))/, names: false },
  { pattern: /^([\w./-]+\.\w+):\d+[:-]/, names: true },
  // CRI: "2025-03-04T10:00:00.1Z stderr F "
  { pattern: /^\d{4}-\d\d-\d\dT\S+ std(?:out|err) [FP] /, names: false },
  { pattern: /^\[(pod\/[^\]\s]+)\] /, names: true },
  { pattern: /^(?:<\d+>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d+)? /, names: false },
  { pattern: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.,]*(?: ?Z| ?[+-]\d\d:?\d\d)? +/, names: false },
  // "HOST UNIT[PID]: " of journals
  { pattern: /^([\w.-]+ [\w@.\\/-]+)(?:\[\d+\])?: /, names: true },
  // docker compose
  { pattern: /^([\w.@/-]+) +\| /, names: true },
];
/** What says nothing of who wrote a line: times, numbers, streams and levels. */
const nameless =
  /^(?:[\d.,:;TZ+/"'()*<>`-]+|std(?:out|err)|[FP]|(?:daemon\.|user\.)?(?:trace|debug|info|notice|warn|warning|err|error)|[|"',:-]+)$/i;
const mostPrefixes = 256;

function namesIn(prefix: string): string {
  return (
    prefix
      .split(/\s+/)
      // "file.log:12:" of grep -n, "unit[99]:"
      .map((word) => word.replace(/(?::\d+|\[\d+\]|-\d+(?=-))+[:-]?$/, ""))
      .filter((word) => word !== "" && !nameless.test(word))
      .join(" ")
  );
}

/** Takes off what stands around the lines of one file. */
export class LineUnwrapper {
  /** What stood before stamped lines, to be taken off lines without a time too. */
  readonly #prefixes = new Map<string, string>();
  #partial = "";

  /** The lines in a line: several where a string of JSON holds several. */
  unwrap(line: string): readonly UnwrappedLine[] {
    const start = line.trimStart();
    if (start.startsWith("{")) {
      const packed = lineInJson(parseJson(start));
      if (packed !== null) {
        return packed.text
          .split(/\r?\n/)
          .filter((text) => text.trim() !== "")
          .map((text) => this.#plain(text, packed.source));
      }
    }
    const joined = this.#joined(line);
    return joined === null ? [] : [this.#plain(joined, "")];
  }

  /** A line of CRI that goes on in the next one is kept until its end comes. */
  #joined(line: string): string | null {
    const found = /^\d{4}-\d\d-\d\dT\S+ std(?:out|err) ([FP]) /.exec(line);
    if (found === null) return line;
    const text = line.slice(found[0].length).trimEnd();
    if (found[1] === "P") {
      this.#partial += text;
      return null;
    }
    const whole = this.#partial + text;
    this.#partial = "";
    return whole;
  }

  #plain(line: string, from: string): UnwrappedLine {
    let content = withoutColours(line).trimEnd();
    const names = from === "" ? [] : [from];
    const bare = parseLogLine(content);
    if (bare?.offset === 0) return { content, source: from, stamped: bare };
    for (const { pattern, names: isName } of wrappings) {
      const found = pattern.exec(content);
      if (found === null) continue;
      if (isName && found[1] !== undefined) names.push(found[1]);
      content = content.slice(found[0].length);
    }
    if (content.startsWith("{")) {
      const packed = lineInJson(parseJson(content));
      if (packed !== null) {
        return this.#plain(packed.text, [...names, packed.source].filter(Boolean).join(" "));
      }
    }
    const stamped = parseLogLine(content);
    if (stamped === null) return this.#unstamped(content, names);
    const prefix = content.slice(0, stamped.offset);
    const named = namesIn(prefix);
    if (named !== "" && this.#prefixes.size < mostPrefixes) this.#prefixes.set(prefix, named);
    const source = [...names, named].filter(Boolean).join(" ");
    return { content: content.slice(stamped.offset), source, stamped };
  }

  #unstamped(content: string, names: readonly string[]): UnwrappedLine {
    for (const [prefix, named] of this.#prefixes) {
      if (content.startsWith(prefix)) {
        const source = [...names, named].filter(Boolean).join(" ");
        return { content: content.slice(prefix.length), source, stamped: null };
      }
    }
    // A banner stands before the first line with a time.
    const banner = content.search(/Fluent Bit v\d/);
    const named = banner > 0 ? namesIn(content.slice(0, banner)) : "";
    const source = [...names, named].filter(Boolean).join(" ");
    return { content: banner > 0 ? content.slice(banner) : content, source, stamped: null };
  }
}
