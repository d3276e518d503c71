// The client of the language server for the desktop's extension host: a bundle of its own, for most of what an extension weighs is in it, and a
// window is not to wait for that.
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';

/** `module` is the file of the server's process. */
export function createClient(module: string, options: LanguageClientOptions): BaseLanguageClient {
  const server = { module, transport: TransportKind.ipc };
  return new LanguageClient('applyscope', 'Applyscope', { run: server, debug: server }, options);
}
