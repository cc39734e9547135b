import { htmlPage } from "../inspect/html-page.ts";
import { escapeXml } from "./simulation/simulation-markup.ts";

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
td.words, th.words { text-align: left; white-space: normal; }
.verdict { font-size: 1.15rem; font-weight: 600; }
.whole svg { max-width: none; }
.refused { stroke: var(--cost); }
.limit { stroke: var(--bad); stroke-width: 1; stroke-dasharray: 4 3; }
.stuck { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 4 3; }
code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
@media (max-width: 500px) { th:first-child { white-space: normal; min-width: 8rem; } }
@media print { body { margin: 0; max-width: none; } .wide { overflow: visible; } }
`;

/**
 * A page that needs nothing but itself: its policy allows its own style sheet and nothing else.
 *
 * @param body in HTML
 */
export function staticPage(title: string, body: string): string {
  return htmlPage({ title: escapeXml(title), style: styleSheet, body });
}
