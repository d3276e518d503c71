// The extension in the desktop's and in a remote extension host: the language server is a process of its own, kubectl can be asked.
import { ProcessExecution, Uri, type ExtensionContext } from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import { importCluster } from './cluster/import.ts';
import { start } from './extension.ts';

export function activate(context: ExtensionContext): void {
  const file = (...path: string[]) => Uri.joinPath(context.extensionUri, ...path).fsPath;
  start(context, {
    createClient: async (options: LanguageClientOptions) => {
      const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
      const server = { module: file('dist', 'server-process.cjs'), transport: TransportKind.ipc };
      return new LanguageClient('applyscope', 'Applyscope', { run: server, debug: server }, options);
    },
    importCluster,
    // the editor's own Node runs the shipped CLI: nothing needs to be installed
    checkProcess: (args, cwd) =>
      new ProcessExecution(process.execPath, [file('dist', 'cli.js'), ...args], {
        ...(cwd !== undefined && { cwd }),
        env: { ELECTRON_RUN_AS_NODE: '1' },
      }),
  });
}
