// The HTML around the panel's page: the shipped bundles, for this webview.
import { Uri, workspace, type Webview } from 'vscode';
import { pageHtml as htmlOf, type PageSources } from '../../protocol/page-html.ts';

export const pageFolder = (extension: Uri): Uri => Uri.joinPath(extension, 'dist');

const drawing = 'webview-mermaid.js';

type Bundles = Required<Pick<PageSources, 'script' | 'style' | 'drawing'>>;

let bundles: Promise<Bundles> | undefined;

/** Reads the bundles, once: a file takes its time while a workbench makes room for a panel. */
export const pageBundles = (extension: Uri): Promise<Bundles> => (bundles ??= readBundles(extension));

async function readBundles(extension: Uri): Promise<Bundles> {
  const read = async (file: string) =>
    new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(pageFolder(extension), file)));
  const [script, style, mermaid] = await Promise.all([read('webview.js'), read('webview.css'), read(drawing)]);
  return { script, style, drawing: mermaid };
}

export async function pageHtml(
  webview: Webview,
  extension: Uri,
  { title, first, willDraw }: Pick<PageSources, 'title' | 'first'> & { readonly willDraw: boolean },
): Promise<string> {
  const { script, style, drawing: text } = await pageBundles(extension);
  const mermaid = webview.asWebviewUri(Uri.joinPath(pageFolder(extension), drawing)).toString();
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const shown = { title, first, drawing: willDraw ? text : undefined };
  return htmlOf({ ...shown, script, style, mermaid, origin: webview.cspSource, nonce });
}
