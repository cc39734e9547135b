import { createHash } from "node:crypto";
import type { LiveTraffic } from "../engine/simulation/beside-dead.ts";
import { type Bar, barPlot, mostWaiting, outagePlot } from "./comparison-plots.ts";
import { comparisonSections, figure } from "./comparison-sections.ts";
import type { Comparison } from "./comparison.ts";
import { escapeXml } from "./simulation-markup.ts";
import { style } from "./style.ts";

const styleSheet = `
:root { color-scheme: light dark; --back: light-dark(#fbfbf9, #16181c); --panel: light-dark(#fff, #1e2127); --ink: light-dark(#1c1f23, #e6e6e3); --quiet: light-dark(#5a6068, #a3a9b2); --line: light-dark(#d5d7d3, #3a3f47); --accent: light-dark(#0b57a4, #7db8f5); --bad: light-dark(#a61b1b, #ff8d85); --bad-back: light-dark(#fdeaea, #47201f); --good: light-dark(#14693b, #6fd19a); --warn: light-dark(#7a4c00, #f2bd5c); --warn-back: light-dark(#fff1d6, #43330f); --cost: light-dark(#c27c0e, #d99a2b); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); margin: 1.5rem auto; max-width: 1180px; padding: 0 1rem; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
.quiet, li { color: var(--quiet); }
li, .quiet { font-size: .85rem; }
ul { margin: .5rem 0; padding-left: 1.2rem; }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; width: 100%; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
tr:last-child > * { border-bottom: 0; }
th:first-child { position: sticky; left: 0; background: var(--panel); text-align: left; }
tbody th { font-weight: 400; }
.no { color: var(--bad); } .yes { color: var(--good); } .open { color: var(--warn); }
.pairs { grid-template-columns: repeat(auto-fill, minmax(min(100%, 420px), 1fr)); }
.plots { display: grid; gap: 1rem; }
.threes { grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr)); }
figure { margin: 0; padding: .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); }
figcaption { font-size: .85rem; margin-bottom: .5rem; }
svg { display: block; width: 100%; max-width: 460px; height: auto; font-size: 12px; }
.label { fill: var(--ink); } .value { fill: var(--quiet); } .bar { fill: var(--accent); } .cost { fill: var(--cost); }
.line { fill: none; stroke: var(--accent); stroke-width: 2; } .outage { fill: var(--warn-back); } .ground { fill: var(--line); }
.stuck { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 4 3; }
code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
@media (max-width: 500px) { th:first-child { white-space: normal; min-width: 8rem; } }
@media print { body { margin: 0; max-width: none; } .wide { overflow: visible; } }
`;

/** A comparison as a page that needs nothing but itself: its policy allows its own style sheet and nothing else. */
export function comparisonHtml(comparison: Comparison): string {
  const names = comparison.releases.map(({ release }) => release.name);
  const hash = createHash("sha256").update(styleSheet).digest("base64");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeXml(`unstuck compare: ${names.join(", ")}`)}</title>
<link rel="icon" href="data:,">
<style>${styleSheet}</style>
</head>
<body>
<h1>Fixes side by side</h1>
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
  .join("\n")}
</body>
</html>
`;
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
