// The HTML around the panel's page, and the policy that it keeps. Nothing but the shipped bundles is run, and nothing is evaluated. Script,
// style and what is shown first stand in the page itself: fetching them takes a webview longer than everything else that it does before it can
// show something.
import type { ToWebview } from './webview.ts';

export interface PageSources {
  /** The page's bundles, as text. */
  readonly script: string;
  readonly style: string;
  /** The address of Mermaid's bundle. */
  readonly mermaid: string;
  /** The same as text, if a diagram will have to be drawn at once. */
  readonly drawing?: string | undefined;
  /** What the page would be told as soon as it is ready, if that is known. */
  readonly first?: ToWebview | undefined;
  /** What the addresses of files have in common, as a source of the policy. */
  readonly origin: string;
  /** Never the same twice. */
  readonly nonce: string;
  readonly title: string;
}

export function pageHtml({ script, style, mermaid, drawing, first, origin, nonce, title }: PageSources): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    // Mermaid places texts by style attributes, which can load and run nothing
    `style-src-attr 'unsafe-inline'`,
    `font-src ${origin}`,
    `img-src ${origin} data: blob:`,
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
<meta property="csp-nonce" content="${nonce}">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main id="panel" data-mermaid="${mermaid}"></main>
${first ? `<script type="application/json" id="first">${JSON.stringify(first).replaceAll('<', '\\u003c')}</script>` : ''}
${drawing === undefined ? '' : `<script type="text/plain" id="drawing">${inline(drawing)}</script>`}
<script type="module" nonce="${nonce}">${inline(script)}</script>
</body>
</html>`;
}

/** Within strings, which is where a bundle has such, the escape means the same; the parser of HTML does not see it. */
const inline = (script: string) => script.replace(/<(?=!--|\/?script)/gi, '\\x3c');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
