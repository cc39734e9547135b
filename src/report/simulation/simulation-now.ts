import type { Phase } from "../../engine/simulation/scenario.ts";
import type { SimulationPageMoment } from "../../inspect/simulation-data.ts";
import type { SimulationRun } from "./simulation-run.ts";
import { countWords, durationWords } from "./simulation-words.ts";

function phaseAt(phases: readonly Phase[], seconds: number): Phase | undefined {
  let end = 0;
  return phases.find((phase) => {
    end += phase.seconds;
    return seconds <= end;
  });
}

/** `2 outputs are down`; empty where all answer. */
function downWords(down: readonly number[], outputNames: readonly string[]): string {
  if (down.length === 0) return "";
  if (down.length === outputNames.length) {
    return down.length === 1 ? "the output is down" : "every output is down";
  }
  const names = down.map((output) => outputNames[output] ?? String(output)).join(", ");
  return `${names} ${down.length === 1 ? "is" : "are"} down`;
}

/** What is true of a run in each stretch of time, whatever becomes of it later. */
export function momentsOf(
  { result }: SimulationRun,
  outputNames: readonly string[],
  stretches: readonly (readonly [number, number])[],
): readonly SimulationPageMoment[] {
  const { phases, samples, stuckSince } = result;
  let index = 0;
  let delivered = 0;
  let waiting = 0;
  return stretches.map(([, to]): SimulationPageMoment => {
    const before = delivered;
    for (let sample = samples[index]; sample !== undefined; sample = samples[index]) {
      if (sample.time > to) break;
      delivered = sample.delivered;
      waiting = sample.up + sample.down;
      index += 1;
    }
    if (stuckSince !== null && to >= stuckSince) {
      return { isStuck: true, words: `stuck since ${durationWords(stuckSince)}` };
    }
    const down = downWords(phaseAt(phases, to)?.down ?? [], outputNames);
    const moved =
      delivered > before
        ? `${countWords(delivered - before)} delivered`
        : waiting > 0
          ? "nothing delivered, and chunks wait"
          : "nothing waits";
    return { isStuck: false, words: down === "" ? moved : `${down}: ${moved}` };
  });
}

/** What is true of a run at the end of its story. */
export function endWords({ result }: SimulationRun, verdict: string): string {
  const { waiting, outputs } = result;
  const what = outputs.length === 1 ? "record" : "delivery";
  const many = outputs.length === 1 ? "records" : "deliveries";
  const left =
    waiting === 0
      ? "nothing is left in the queue"
      : `${countWords(waiting)} ${waiting === 1 ? what : many} still in the queue`;
  return `${verdict}; ${left}`;
}
