import type { SimulationPageData } from "./simulation-data.ts";

const unitSeconds: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 };

/** The seconds of a time such as `1m24s` or `0.5s`; null if it is none. */
function secondsOf(text: string): number | null {
  if (!/^(\d+(\.\d+)?[dhms])+$/.test(text)) return null;
  return [...text.matchAll(/([\d.]+)([dhms])/g)].reduce(
    (sum, [, amount, unit = ""]) => sum + Number(amount) * (unitSeconds[unit] ?? 0),
    0,
  );
}

/**
 * Reads the part of an address after `#`: a virtual time such as `1m24s`.
 *
 * @param opening the column that the page opens with
 * @returns the column that the time is in, and in a sentence what is wrong with the address; empty if nothing is
 */
export function readMoment(
  hash: string,
  { ends, times }: Pick<SimulationPageData, "ends" | "times">,
  opening: number,
): { readonly column: number; readonly trouble: string } {
  const text = hash.replace(/^#/, "");
  if (text === "") return { column: opening, trouble: "" };
  const named = times.indexOf(text);
  if (named >= 0) return { column: named, trouble: "" };
  const seconds = secondsOf(text);
  if (seconds === null) {
    const trouble = `"${text}" in the address is no time such as ${times[opening] ?? "1m24s"}.`;
    return { column: opening, trouble };
  }
  const column = ends.findIndex((end) => seconds <= end);
  return column >= 0
    ? { column, trouble: "" }
    : {
        column: ends.length - 1,
        trouble: `There is no ${text} in this story: it ends at ${times.at(-1) ?? "0s"}.`,
      };
}
