// The samples of the walkthrough: copied to where they can be edited, then opened.
import {
  commands,
  Range,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  type Disposable,
  type ExtensionContext,
  type TextDocument,
} from 'vscode';
import { exists } from './cluster/cluster-file.ts';

const cluster = '.applyscope/cluster.yaml';
const samples = ['1-pending.yaml', '2-running.yaml', '3-refused.yaml'];

export function registerSamples({ extensionUri, globalStorageUri }: ExtensionContext): Disposable {
  const shipped = Uri.joinPath(extensionUri, 'media', 'samples', 'first-steps');
  const folder = Uri.joinPath(globalStorageUri, 'first-steps');
  const copy = async (name: string) => {
    const content = await workspace.fs.readFile(Uri.joinPath(shipped, name));
    return asShipped(Uri.joinPath(folder, name), content);
  };
  return commands.registerCommand('applyscope.openSample', async (name?: string) => {
    await copy(cluster);
    const sample = Math.max(0, samples.indexOf(name ?? ''));
    const document = await copy(samples[sample] ?? cluster);
    await window.showTextDocument(document, { preview: false });
    // the walkthrough ticks off what was opened
    await commands.executeCommand('setContext', `applyscope.openedSample${sample + 1}`, true);
  });
}

/** A sample that was edited begins anew; the edit can be undone. */
async function asShipped(file: Uri, content: Uint8Array): Promise<TextDocument> {
  if (!(await exists(file))) await workspace.fs.writeFile(file, content);
  const document = await workspace.openTextDocument(file);
  const text = new TextDecoder().decode(content);
  if (document.getText() !== text) {
    const edit = new WorkspaceEdit();
    edit.replace(file, new Range(0, 0, document.lineCount, 0), text);
    await workspace.applyEdit(edit);
  }
  if (document.isDirty) await document.save();
  return document;
}
