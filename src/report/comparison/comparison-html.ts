import type { LiveTraffic } from "../../engine/simulation/beside-dead.ts";
import { type Bar, barPlot, mostWaiting, outagePlot } from "./comparison-plots.ts";
import { comparisonSections, figure } from "./comparison-sections.ts";
import type { Comparison } from "./comparison.ts";
import { escapeXml } from "../simulation/simulation-markup.ts";
import { staticPage } from "../static-page.ts";
import { style } from "../style.ts";

/** A comparison as a page that needs nothing but itself. */
export function comparisonHtml(comparison: Comparison): string {
  const names = comparison.releases.map(({ release }) => release.name);
  const title = `unstuck compare: ${names.join(", ")}`;
  return staticPage(
    title,
    `<h1>Fixes side by side</h1>
<p class="quiet">Fluent Bit's chunk and task machinery: what a model shows of each fix, and what a simulation of it measures.</p>
<ul>
${comparison.releases.map(({ release }) => `<li><b>${escapeXml(release.name)}</b>: ${escapeXml(release.summary)}</li>`).join("\n")}
</ul>
${plots(comparison)}
${comparisonSections(comparison, style(false))
  .map(
    ({ title, command, rows, notes }) => `<h2>${escapeXml(title)}</h2>
<div class="wide"><table>
<thead><tr><th></th>${names.map((name) => `<th scope="col">${escapeXml(name)}</th>`).join("")}</tr></thead>
<tbody>
${rows.map(tableRow).join("\n")}
</tbody>
</table></div>
<ul>
${notes.map((note) => `<li>${escapeXml(note)}</li>`).join("\n")}
<li><code>npx ${escapeXml(command)}</code></li>
</ul>`,
  )
  .join("\n")}`,
  );
}

function tableRow([label = "", ...cells]: readonly string[]): string {
  const values = cells.map((cell) => `<td${classOf(cell)}>${escapeXml(cell)}</td>`).join("");
  return `<tr><th scope="row">${escapeXml(label)}</th>${values}</tr>`;
}

/** Verdicts have colours, as on a terminal; measurements have none. */
function classOf(cell: string): string {
  if (cell.startsWith("violated")) return ' class="no"';
  if (cell === "holds" || cell === "proved") return ' class="yes"';
  return cell.startsWith("?") ? ' class="open"' : "";
}

type Quantity = "recordsPerSecond" | "wastedPerDelivery";

const traffics = [
  ["both", "new records go to both outputs"],
  ["healthy only", "new records go to the healthy one"],
] as const;

const quantities = [
  ["recordsPerSecond", "Records per second that reach the healthy output", false],
  ["wastedPerDelivery", "Attempts on the dead output for each delivery to the healthy one", true],
] as const;

function barsOf(
  releases: Comparison["releases"],
  traffic: LiveTraffic,
  quantity: Quantity,
): readonly Bar[] {
  return releases.flatMap(({ release, throughput }): Bar[] => {
    if (throughput === null) return [];
    const value = throughput[traffic][quantity];
    const words = value === null ? "nothing delivered" : figure(value);
    return [{ label: release.name, value, words }];
  });
}

/** For each quantity a plot for each kind of traffic, all of one scale. */
function throughputPanels(releases: Comparison["releases"]): readonly string[] {
  if (releases.every(({ throughput }) => throughput === null)) return [];
  return quantities.flatMap(([quantity, what, lowerIsBetter]) => {
    const bars = traffics.map(([traffic]) => barsOf(releases, traffic, quantity));
    return traffics.map(([, words], index) => {
      const title = `${what}, while ${words} (${lowerIsBetter ? "lower" : "higher"} is better)`;
      return panel(title, barPlot({ title, all: bars.flat(), lowerIsBetter }, bars[index] ?? []));
    });
  });
}

function plots({ releases }: Comparison): string {
  const outages = releases.flatMap((one) =>
    one.outage === null ? [] : [{ one, run: one.outage.run }],
  );
  const top = Math.max(1, ...outages.map(({ run }) => mostWaiting(run)));
  return [
    ...group("A healthy output beside a dead one", "pairs", throughputPanels(releases)),
    ...group(
      "Chunks that wait, in an outage of two hours (fewer, and sooner gone, is better; one scale for all)",
      "threes",
      outages.map(({ one, run }) => panel("", outagePlot(one, run, top))),
    ),
  ].join("\n");
}

function group(title: string, grid: string, panels: readonly string[]): readonly string[] {
  if (panels.length === 0) return [];
  return [`<h2>${title}</h2>`, `<div class="plots ${grid}">`, ...panels, "</div>"];
}

function panel(caption: string, picture: string): string {
  const words = caption === "" ? "" : `<figcaption>${escapeXml(caption)}</figcaption>`;
  return `<figure>${words}${picture}</figure>`;
}
