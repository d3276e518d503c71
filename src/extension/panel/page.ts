// The HTML around the panel's page. Nothing but the shipped bundles is loaded, and nothing is evaluated.
import { Uri, type Webview } from 'vscode';

export const pageFolder = (extension: Uri): Uri => Uri.joinPath(extension, 'dist');

export function pageHtml(webview: Webview, extension: Uri, title: string): string {
  const source = (file: string) => webview.asWebviewUri(Uri.joinPath(pageFolder(extension), file)).toString();
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
  ];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}">
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
