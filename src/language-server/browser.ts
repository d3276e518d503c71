// The server in a web worker: everything it reads, the client reads for it.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { presets } from './presets.ts';
import { LanguageServer } from './server.ts';

declare const self: ConstructorParameters<typeof BrowserMessageReader>[0];
declare function importScripts(url: string): void;

/** Empty: where this script lies. */
let scripts = '';
/** What the bundle calls for its parts. */
const runPart = (name: string) => importScripts(`${scripts}server-web/${name}.js`);
Object.assign(self, { runPart });

const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
new LanguageServer(connection, {
  local: undefined,
  media: undefined,
  presets,
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  scriptsAt: (folder) => (scripts = folder),
}).listen();
