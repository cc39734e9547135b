import { createHash } from "node:crypto";

/**
 * A page that passes the stream on to the inspector of stately.ai, for those who are online. It is the one page of this server that
 * fetches something from elsewhere, and it says so.
 *
 * @param script the page's code, as the build made it
 */
export function statelyPage(script: string, port: number): string {
  const hash = createHash("sha256").update(script).digest("base64");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "frame-src https://stately.ai",
    `connect-src ws://127.0.0.1:${port} ws://localhost:${port}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>unstuck inspect, shown by stately.ai</title>
</head>
<body>
<p>This page shows the run in the inspector of <a href="https://stately.ai/inspect">stately.ai</a>, which needs the internet. The page that works offline is <a href="/">here</a>.</p>
<iframe id="inspector" title="Stately inspector" src="https://stately.ai/inspect" width="100%" height="800"></iframe>
<script type="module">${script}</script>
</body>
</html>
`;
}
