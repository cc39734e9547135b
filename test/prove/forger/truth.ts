import { defaultParameters, type Parameters } from "../../../models/parameters.ts";
import { loadReleases } from "../../../src/compile/load-releases.ts";
import { scopeOf } from "../../../src/compile/scope.ts";
import { checkScope } from "../../../src/explore/check-scope.ts";
import type {
  CheckedProperty,
  CheckedRun,
} from "../../../src/prove/certificate/check-certificate.ts";
import { fluentBitParameters } from "../../../models/fluent-bit-system.ts";

type Sizes = Pick<Parameters, "chunks" | "taskMapSize" | "maxChunksUp" | "overLimitQuota">;

const releases = await loadReleases();

/** Sizes that tell any two bounds apart that are sums of T, X, Q and a number. */
function sizesFor({ outputs, overLimitQuota }: Parameters): readonly Sizes[] {
  const quotas = overLimitQuota === 0 ? [0] : [1, 2];
  return [1, 2, 3, 4]
    .slice(0, outputs === 1 ? 4 : 3)
    .flatMap((chunks) =>
      [1, 2].flatMap((taskMapSize) =>
        [1, 2].flatMap((maxChunksUp) =>
          quotas.map((quota) => ({ chunks, taskMapSize, maxChunksUp, overLimitQuota: quota })),
        ),
      ),
    );
}

const known = new Map<string, ReadonlyMap<string, string>>();

/** What exploration says of every property at some sizes. */
function explored(
  { release: name, masks }: Pick<CheckedRun, "release" | "masks">,
  parameters: Parameters,
): ReadonlyMap<string, string> {
  const key = JSON.stringify([name, parameters, masks]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const release = releases.find((one) => one.name === name);
  if (release === undefined) throw new Error(`there is no release ${name}`);
  const { properties } = checkScope(scopeOf(release, parameters, masks ?? undefined));
  const verdicts = new Map(properties.map(({ property, verdict }) => [property, verdict]));
  known.set(key, verdicts);
  return verdicts;
}

/** The value of a sum as conditions are printed, e.g. `T + 2 X - 1`. */
function valueOf(text: string, sizes: Sizes): number {
  const values = new Map([
    ["T", sizes.taskMapSize],
    ["X", sizes.maxChunksUp],
    ["Q", sizes.overLimitQuota],
  ]);
  let value = 0;
  let rest = text;
  while (rest !== "") {
    const [all = "", sign, factor, letter] = /^ ?([+-]?) ?(\d*) ?([A-Z]?)/.exec(rest) ?? [];
    const of = letter === "" || letter === undefined ? 1 : values.get(letter);
    if (all === "" || of === undefined) throw new Error(`"${text}" is no condition`);
    value += (sign === "-" ? -1 : 1) * (factor === "" ? 1 : Number(factor)) * of;
    rest = rest.slice(all.length);
  }
  return value;
}

function conditionHolds(condition: string | null, sizes: Sizes): boolean {
  return (condition ?? "")
    .split(" or ")
    .filter((part) => part !== "")
    .some((part) => sizes.chunks >= valueOf(part.replace("N >= ", ""), sizes));
}

/**
 * Why a claim is false, as exploration sees it at many small sizes; `null` if it agrees with all of them. Of the release as
 * it is, but for what the verdict tells.
 */
export function whyFalse(run: CheckedRun, { property, condition }: CheckedProperty): string | null {
  const { release: name, settings, parameters } = run;
  const release = releases.find((one) => one.name === name);
  if (release === undefined) return `there is no release ${name}`;
  const { outputs, routing } = fluentBitParameters(parameters);
  const told = Object.fromEntries(settings.map((one) => [one, parameters[one]]));
  const own: Parameters = { ...defaultParameters, ...release.defaults, outputs, routing, ...told };
  for (const sizes of sizesFor(own)) {
    const verdict = explored(run, { ...own, ...sizes }).get(property);
    const expected = conditionHolds(condition, sizes) ? "violated" : "holds";
    if (verdict !== expected) {
      return `${property} ${verdict ?? "does not exist"} at ${JSON.stringify(sizes)}, where the claim says it ${expected}`;
    }
  }
  return null;
}
