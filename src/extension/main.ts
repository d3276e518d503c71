// The extension in the desktop's and in a remote extension host: the language server is a process of its own, kubectl can be asked.
import { Uri, type ExtensionContext } from 'vscode';
import { importCluster } from './cluster/import.ts';
import { start } from './extension.ts';

export function activate(context: ExtensionContext): void {
  start(context, {
    createClient: async (options) => {
      const { createClient } = await import('./client.ts');
      return createClient(Uri.joinPath(context.extensionUri, 'dist', 'server-process.cjs').fsPath, options);
    },
    importCluster,
  });
}
