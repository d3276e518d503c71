// The HTML around the panel's page, and the policy that it keeps. Nothing but the shipped bundles is loaded, and nothing is evaluated.

export interface PageSources {
  /** The address of a bundle by its file name. */
  readonly source: (file: string) => string;
  /** What the bundles' addresses have in common, as a source of the policy. */
  readonly origin: string;
  /** Never the same twice. */
  readonly nonce: string;
  readonly title: string;
}

export function pageHtml({ source, origin, nonce, title }: PageSources): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${origin} 'nonce-${nonce}'`,
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
<link rel="stylesheet" href="${source('webview.css')}">
</head>
<body>
<main id="panel" data-mermaid="${source('webview-mermaid.js')}"></main>
<script type="module" nonce="${nonce}" src="${source('webview.js')}"></script>
</body>
</html>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
