// The extension in the desktop's and in a remote extension host: the language server is a process of its own, kubectl can be asked.
import { Uri, type ExtensionContext } from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import { importCluster } from './cluster/import.ts';
import { start } from './extension.ts';

export function activate(context: ExtensionContext): void {
  start(context, {
    createClient: async (options: LanguageClientOptions) => {
      const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
      const server = {
        module: Uri.joinPath(context.extensionUri, 'dist', 'server-process.cjs').fsPath,
        transport: TransportKind.ipc,
      };
      return new LanguageClient('applyscope', 'Applyscope', { run: server, debug: server }, options);
    },
    importCluster,
  });
}
