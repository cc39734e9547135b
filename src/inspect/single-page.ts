import { gzipSync } from "node:zlib";
import { hashOf, htmlPage } from "./html-page.ts";
import type { PageData } from "./page-data.ts";
import type { PageFiles } from "./page-files.ts";
import { shareValues } from "./shared-values.ts";
import type { SimulationPageData } from "./simulation-data.ts";

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** The data of a page as it is written into it: compressed, so that the tables of many releases fit. */
function packed(data: PageData | SimulationPageData): string {
  return gzipSync(JSON.stringify(shareValues(data)), { level: 9 }).toString("base64");
}

/**
 * The page as one file that needs nothing else: its policy allows its own script and style, and no connection, except
 * to the server that it may come from.
 *
 * @param connects what the page may connect to, as the policy names it; nothing for a page that stands alone
 */
export function singlePage(
  data: PageData | SimulationPageData,
  { script, style }: PageFiles,
  title: string,
  connects: readonly string[] = [],
): string {
  const code = script.replaceAll("</script", "<\\/script");
  return htmlPage({
    title: escapeHtml(title),
    style,
    allowed: [
      `script-src ${hashOf(code)}`,
      ...(connects.length > 0 ? [`connect-src ${connects.join(" ")}`] : []),
    ],
    body: `<div id="root"><noscript>This page needs JavaScript; everything that it runs is in this file.</noscript></div>
<script type="application/octet-stream" id="data">${packed(data)}</script>
<script type="module">${code}</script>`,
  });
}
