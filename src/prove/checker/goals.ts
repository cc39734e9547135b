import { entryAt } from "../../errors/checked-access.ts";
import { UnfitCertificate } from "../certificate/no-certificate.ts";
import type { Counted } from "./counted.ts";
import { regionOf, restingParts, type Region } from "./region.ts";

/** Places that every chunk must leave while the environment is frozen in one way. */
export interface Goal {
  readonly region: Region;
  readonly target: readonly number[];
  /** The output to which what leaves must have been delivered; null where that is not asked. */
  readonly delivered: number | null;
}

/** Every set of outputs, by increasing binary number. */
function setsOf(outputs: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: 2 ** outputs.length }, (_, bits) =>
    outputs.filter((output) => ((bits >> output) & 1) === 1),
  );
}

/** What must be reached for a property of fair runs to hold, before shared machines come to rest; `null` for others. */
export function frozenGoals(counted: Counted, property: string): readonly Goal[] | null {
  const { online, live, owed } = counted.system.vocabulary;
  const every = online.map((_, output) => output);
  const liveChunks = counted.placesOf(live);
  const owing = (output: number): readonly number[] => counted.placesOf(entryAt(owed, output));
  const deliveries = (region: Region): readonly Goal[] =>
    region.online.map((output) => ({ region, target: owing(output), delivered: output }));
  switch (property) {
    case "recovery": {
      const region = regionOf(counted, every, ["engine"]);
      return [{ region, target: liveChunks, delivered: null }, ...deliveries(region)];
    }
    case "isolation":
      return setsOf(every)
        .filter((some) => some.length < every.length)
        .flatMap((some) => deliveries(regionOf(counted, some, ["engine"])));
    case "isolationFair": {
      const region = regionOf(counted, every.slice(1), ["engine", "input"]);
      return deliveries(region).map((goal) => ({ ...goal, delivered: null }));
    }
    case "noStarvation": {
      const region = regionOf(counted, every, ["engine", "input"]);
      return [{ region, target: liveChunks, delivered: null }];
    }
    default:
      return null;
  }
}

/**
 * The same for every way in which the machines that slots share come to rest.
 *
 * @param putOff the actions about outputs that are offline which the engine puts off: for a property that asks for one run, not
 * for all of them, it may
 * @throws UnfitCertificate if nothing of that kind can be put off, or if a shared machine may move for ever.
 */
export function goalsOf(
  counted: Counted,
  property: string,
  putOff: readonly string[],
): readonly Goal[] | null {
  if (putOff.length > 0 && property !== "isolation") {
    throw new UnfitCertificate(`nothing can be put off for the property ${property}`);
  }
  const goals = frozenGoals(counted, property)?.flatMap(({ region, ...goal }) => {
    const isPutOff = ({ move }: Region["actions"][number]): boolean =>
      putOff.includes(move.action) && move.output !== null && !region.online.includes(move.output);
    const left = { ...region, actions: region.actions.filter((one) => !isPutOff(one)) };
    return restingParts(counted, left).map((part) => ({ ...goal, region: part }));
  });
  return goals ?? null;
}
