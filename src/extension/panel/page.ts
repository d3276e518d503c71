// The HTML around the panel's page: the shipped bundles, for this webview.
import { Uri, workspace, type Webview } from 'vscode';
import { pageHtml as htmlOf, type PageSources } from '../../protocol/page-html.ts';

export const pageFolder = (extension: Uri): Uri => Uri.joinPath(extension, 'dist');

type Bundles = Pick<PageSources, 'script' | 'style'>;

let bundles: Promise<Bundles> | undefined;

async function readBundles(extension: Uri): Promise<Bundles> {
  const read = async (file: string) =>
    new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(pageFolder(extension), file)));
  const [script, style] = await Promise.all([read('webview.js'), read('webview.css')]);
  return { script, style };
}

export async function pageHtml(
  webview: Webview,
  extension: Uri,
  more: Pick<PageSources, 'title' | 'willDraw'>,
): Promise<string> {
  const mermaid = webview.asWebviewUri(Uri.joinPath(pageFolder(extension), 'webview-mermaid.js')).toString();
  const nonce = crypto.randomUUID().replaceAll('-', '');
  return htmlOf({
    ...(await (bundles ??= readBundles(extension))),
    ...more,
    mermaid,
    origin: webview.cspSource,
    nonce,
  });
}
