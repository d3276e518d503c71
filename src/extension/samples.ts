// The samples of the walkthrough: copied to where they can be edited, then opened.
import { commands, Uri, window, workspace, type Disposable, type ExtensionContext } from 'vscode';

const opened = ['1-pending.yaml', '2-running.yaml', '3-refused.yaml'];

export function registerSamples({ extensionUri, globalStorageUri }: ExtensionContext): Disposable {
  const shipped = Uri.joinPath(extensionUri, 'media', 'samples', 'first-steps');
  const target = Uri.joinPath(globalStorageUri, 'first-steps');
  return commands.registerCommand('applyscope.openSample', async (name?: string) => {
    for (const file of ['.applyscope/cluster.yaml', ...opened]) {
      // as they were shipped: a sample that was edited is looked at again from its beginning
      const content = await workspace.fs.readFile(Uri.joinPath(shipped, file));
      await workspace.fs.writeFile(Uri.joinPath(target, file), content);
    }
    const file = opened.find((one) => one === name) ?? opened[0] ?? '';
    await window.showTextDocument(Uri.joinPath(target, file), { preview: false });
  });
}
