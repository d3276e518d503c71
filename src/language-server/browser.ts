// The server in a web worker: everything it reads, the client reads for it.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { presets } from './presets.ts';
import { LanguageServer } from './server.ts';

declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
new LanguageServer(connection, {
  ...{ local: undefined, media: undefined, presets },
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
}).listen();
