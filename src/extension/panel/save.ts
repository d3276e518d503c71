// Saves what the panel shows as a file.
import type { Uri } from 'vscode';
import { l10n, window, workspace } from 'vscode';
import type { ToExtension } from '../../protocol/webview.ts';

type SaveMessage = Extract<ToExtension, { readonly type: 'save' }>;

const formats: Readonly<Record<SaveMessage['format'], { readonly extension: string; readonly name: string }>> = {
  svg: { extension: 'svg', name: 'SVG' },
  png: { extension: 'png', name: 'PNG' },
  markdown: { extension: 'md', name: 'Markdown' },
};

/** `manifest` is what was simulated: the file is offered beside it. */
export async function save({ format, content }: SaveMessage, manifest: Uri | undefined): Promise<void> {
  const { extension, name } = formats[format];
  const target = await window.showSaveDialog({
    title: l10n.t('Save the simulated apply'),
    filters: { [name]: [extension] },
    ...(manifest && { defaultUri: manifest.with({ path: manifest.path.replace(/\/?(\.ya?ml)?$/, `.${extension}`) }) }),
  });
  if (!target) return;
  await workspace.fs.writeFile(target, format === 'png' ? bytesOf(content) : new TextEncoder().encode(content));
  const open = l10n.t('Open');
  const choice = await window.showInformationMessage(l10n.t('Saved {0}', workspace.asRelativePath(target)), open);
  if (choice === open) await window.showTextDocument(target).then(undefined, () => undefined);
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
