// The HTML around the panel's page: where its bundles lie, for this webview.
import { Uri, type Webview } from 'vscode';
import { pageHtml as htmlOf } from '../../protocol/page-html.ts';

export const pageFolder = (extension: Uri): Uri => Uri.joinPath(extension, 'dist');

export function pageHtml(webview: Webview, extension: Uri, title: string): string {
  const source = (file: string) => webview.asWebviewUri(Uri.joinPath(pageFolder(extension), file)).toString();
  const nonce = crypto.randomUUID().replaceAll('-', '');
  return htmlOf({ source, origin: webview.cspSource, nonce, title });
}
