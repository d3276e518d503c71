// The extension in a browser: the language server is a web worker, and there are no processes to start.
import { Uri, type ExtensionContext } from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import type { ClientOptions } from '../protocol/settings.ts';
import { start } from './extension.ts';

/** Of the DOM, whose types the rest of the extension must not see. */
declare class Worker {
  constructor(url: string);
}

export function activate(context: ExtensionContext): void {
  const dist = Uri.joinPath(context.extensionUri, 'dist').toString(true);
  start(context, {
    createClient: async (options: LanguageClientOptions) => {
      const { LanguageClient, BrowserMessageReader, BrowserMessageWriter } =
        await import('vscode-languageclient/browser');
      // two streams, not the worker: a host that is a worker itself hands out what is no instance of `Worker`, and the client asks
      const startServer = () => {
        const worker = new Worker(`${dist}/server-web.js`);
        return Promise.resolve({ reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) });
      };
      const initializationOptions = { ...(options.initializationOptions as ClientOptions), scripts: `${dist}/` };
      return new LanguageClient('applyscope', 'Applyscope', startServer, { ...options, initializationOptions });
    },
  });
}
