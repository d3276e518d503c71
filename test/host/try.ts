// `npm run vscode`: a VS Code in the browser with the packaged extension and the samples, for a person to try. Ctrl+C ends it.
import { spawn } from 'node:child_process';
import { packageExtension } from './package.ts';
import { installTools, missingHere } from './tools.ts';
import { startServer } from './vscode-server.ts';

if (missingHere !== undefined) {
  console.error(`This does not run here: ${missingHere}`);
  process.exit(1);
}
const tools = installTools();
packageExtension();
const server = await startServer(tools, { port: Number(process.env.PORT ?? 8136) });
const address = server.address();
console.log(`
Open  ${address}

Right-click 1-pending.yaml and choose "Simulate apply". The samples are a copy: edit what you like. Ctrl+C ends it.
`);
openInBrowser(address);

let isEnding = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isEnding) return;
    isEnding = true;
    void server.stop().then(() => process.exit(0));
  });
}

/** Where there is a desktop; elsewhere the printed address is enough. */
function openInBrowser(url: string): void {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  spawn('xdg-open', [url], { stdio: 'ignore', detached: true }).on('error', () => undefined);
}
