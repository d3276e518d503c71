// The process of the language server on the desktop: the bundle that browsers run in a worker, given a worker's two ends over the channel to
// the extension host. So the package carries the simulator once.
import { readFileSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInThisContext } from 'node:vm';

interface Port {
  onmessage?: (event: { readonly data: unknown }) => void;
  postMessage(message: unknown): void;
  /** Of errors on the way; here the channel's end is one, and ends the process. */
  addEventListener(): void;
}

// Node 22 and later keep the compiled code from one start to the next
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

const port: Port = {
  postMessage: (message) => void process.send?.(message),
  addEventListener: () => undefined,
};
/** Runs a script of the bundle, as a worker's `importScripts` does. */
function importScripts(name: string): void {
  const filename = path.join(__dirname, name);
  runInThisContext(readFileSync(filename, 'utf8'), { filename });
}
Object.assign(globalThis, { self: port, importScripts });
const waiting: unknown[] = [];
process.on('message', (data) => {
  // a worker is ended from outside, a process ends itself
  if ((data as { method?: unknown }).method === 'exit') process.exit();
  if (port.onmessage) port.onmessage({ data });
  else waiting.push(data);
});
// nobody is left to answer
process.on('disconnect', () => process.exit());

void import(pathToFileURL(path.join(__dirname, 'server-web.js')).href).then(() => {
  for (const data of waiting.splice(0)) port.onmessage?.({ data });
});
