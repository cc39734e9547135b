import { isBad, isOpen, type Finding } from "../../diagnose/judge/finding.ts";
import type { Diagnosis } from "../../diagnose/judge/diagnosis.ts";
import { clockWords, type WatchStatus } from "../../diagnose/live/watched-engine.ts";
import type { Json } from "../scope/check-json.ts";
import { runsJson } from "./diagnosis-json.ts";
import { adviceOn } from "./finding-advice.ts";
import { findingWords } from "./finding-words.ts";
import type { Style } from "../style.ts";
import { wrapped } from "../wrapped.ts";

interface Said {
  readonly finding: Finding;
  readonly diagnosis: Diagnosis;
}

function all({ diagnoses }: WatchStatus): readonly Said[] {
  return diagnoses.flatMap((diagnosis) =>
    diagnosis.findings.map((finding) => ({ finding, diagnosis })),
  );
}

/** In one word how the engine fares: the worst verdict, or that it does not answer. */
export function watchVerdict(status: WatchStatus): string {
  const [worst] = all(status);
  if (status.unanswered === null) return worst?.finding.verdict ?? "undecided";
  return worst !== undefined && isBad(worst.finding) ? worst.finding.verdict : "unanswered";
}

/** What has to be another for a status to be shown: not the figures, which are others each time. */
export function watchKey(status: WatchStatus): string {
  const said = all(status).map(({ finding, diagnosis }) => {
    const { kind, verdict } = finding;
    const subject = "input" in finding ? finding.input : "output" in finding ? finding.output : "";
    return [diagnosis.engine, diagnosis.run, kind, verdict, subject ?? "", isBad(finding)].join(
      " ",
    );
  });
  return [status.unanswered === null ? "" : "unanswered", ...said].join("\n");
}

function painted(finding: Finding, style: Style): (text: string) => string {
  if (isBad(finding)) return style.red;
  return isOpen(finding) ? style.yellow : style.green;
}

function sentence({ finding, diagnosis }: Said, several: boolean): string {
  const whose = several ? ` [${diagnosis.engine}]` : "";
  return `${finding.verdict.toUpperCase()}: ${findingWords(finding, diagnosis.limits)}${whose}`;
}

function lines(first: string, text: string, paint: (text: string) => string): string {
  return wrapped(text, first)
    .split("\n")
    .map((line) => line.slice(0, first.length) + paint(line.slice(first.length)))
    .join("\n");
}

/** A status for people: the worst first, with the time before it, and what to do about what is bad. */
export function watchText(status: WatchStatus, style: Style): string {
  const { at, diagnoses, unanswered } = status;
  const several = diagnoses.length > 1;
  const said = all(status);
  const silence =
    unanswered === null
      ? []
      : [
          {
            text: `UNANSWERED: it ${unanswered.why}, since ${clockWords(unanswered.since)}.`,
            paint: style.yellow,
            advice: [],
          },
        ];
  const told = said.map((one) => ({
    text: sentence(one, several),
    paint: painted(one.finding, style),
    advice: isBad(one.finding) ? adviceOn(one.finding, one.diagnosis).now : [],
  }));
  const isWorse = said[0] !== undefined && isBad(said[0].finding);
  const rows = isWorse ? [...told, ...silence] : [...silence, ...told];
  const nothing = { text: "UNDECIDED: it tells nothing yet.", paint: style.yellow, advice: [] };
  const shown = rows.length === 0 ? [nothing] : rows;
  const time = `${clockWords(at).slice(11)}  `;
  return shown
    .flatMap(({ text, paint, advice }, index) => [
      lines(index === 0 ? time : " ".repeat(time.length), text, paint),
      ...advice.map((item) => wrapped(item, `${" ".repeat(time.length)}- `)),
    ])
    .join("\n");
}

/** A status for machines; the fields are documented in docs/cli.md and stable. */
export function watchJson(status: WatchStatus): Json {
  const { at, diagnoses, unanswered } = status;
  return {
    at: new Date(at).toISOString(),
    verdict: watchVerdict(status),
    unanswered:
      unanswered === null
        ? null
        : { since: new Date(unanswered.since).toISOString(), why: unanswered.why },
    runs: runsJson(diagnoses),
  };
}
