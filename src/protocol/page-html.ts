// The HTML around the panel's page, and the policy that it keeps. Nothing but the shipped bundles is run, and nothing is evaluated. Script and
// style stand in the page itself: fetching them takes a webview longer than everything else that it does before it can show something.

export interface PageSources {
  /** The page's bundles, as text. */
  readonly script: string;
  readonly style: string;
  /** The address of Mermaid's bundle. */
  readonly mermaid: string;
  /** A diagram will have to be drawn: Mermaid is fetched while the page begins. */
  readonly willDraw: boolean;
  /** What the addresses of files have in common, as a source of the policy. */
  readonly origin: string;
  /** Never the same twice. */
  readonly nonce: string;
  readonly title: string;
}

export function pageHtml({ script, style, mermaid, willDraw, origin, nonce, title }: PageSources): string {
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
${willDraw ? `<link rel="modulepreload" nonce="${nonce}" href="${mermaid}">` : ''}
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main id="panel" data-mermaid="${mermaid}"${willDraw ? ' data-will-draw' : ''}></main>
<script type="module" nonce="${nonce}">${inline(script)}</script>
</body>
</html>`;
}

/** Within strings, which is where a bundle has such, the escape means the same; the parser of HTML does not see it. */
const inline = (script: string) => script.replace(/<(?=!--|\/?script)/gi, '\\x3c');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
