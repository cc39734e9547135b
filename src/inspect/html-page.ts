import { createHash } from "node:crypto";

/** What a page consists of; title and body are HTML already. */
interface HtmlPage {
  readonly title: string;
  readonly style: string;
  readonly body: string;
  /** What the page may do besides having its own style and pictures in itself, as a content security policy says it. */
  readonly allowed?: readonly string[];
}

/** The hash of an inline script or style sheet, as a content security policy names it. */
export function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** A page as one file: its policy allows its own style sheet, and nothing else that is not named. */
export function htmlPage({ title, style, body, allowed = [] }: HtmlPage): string {
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    ...allowed,
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
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
