// The server as a program: `node server.js --stdio` for any editor, `--node-ipc` for VS Code.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection } from 'vscode-languageserver/node';
import { localFiles } from './local-files.ts';
import { presets } from './presets.ts';
import { LanguageServer } from './server.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const media = path.join(here, '../media');

const given = process.argv.slice(2).some((argument) => /^--(stdio|node-ipc|socket|pipe)/.test(argument));
if (!given) process.argv.push('--stdio');
new LanguageServer(createConnection(), {
  local: localFiles,
  presets,
  media: existsSync(media) ? pathToFileURL(media).href : undefined,
  pause: () => new Promise((resolve) => setImmediate(resolve)),
}).listen();
