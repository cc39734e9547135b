import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { PageData } from "./page-data.ts";
import type { PageFiles } from "./page-files.ts";
import type { SimulationPageData } from "./simulation-data.ts";

/** The hash of an inline script or style sheet, as a content security policy names it. */
function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** The data of a page as it is written into it: compressed, so that the tables of many releases fit. */
function packed(data: PageData | SimulationPageData): string {
  return gzipSync(JSON.stringify(data), { level: 9 }).toString("base64");
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
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(code)}`,
    `style-src ${hashOf(style)}`,
    ...(connects.length > 0 ? [`connect-src ${connects.join(" ")}`] : []),
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="root"><noscript>This page needs JavaScript; everything that it runs is in this file.</noscript></div>
<script type="application/octet-stream" id="data">${packed(data)}</script>
<script type="module">${code}</script>
</body>
</html>
`;
}
