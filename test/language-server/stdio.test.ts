// The server as Neovim, Helix and Zed start it: a program that speaks over its standard streams.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';

const preset = { tutorial: { text: readFileSync('media/clusters/tutorial.yaml', 'utf8') } };
const options = {
  bundle: true,
  logLevel: 'silent',
  define: { APPLYSCOPE_PRESETS: JSON.stringify(preset) },
} as const;

describe('the server as a program', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'applyscope-server-'));
  after(() => rmSync(folder, { recursive: true }));

  it('reads the folder from disk, and ends when it is told to', async () => {
    const outfile = path.join(folder, 'server.mjs');
    const banner = {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    };
    await build({
      ...options,
      entryPoints: ['src/language-server/node.ts'],
      platform: 'node',
      format: 'esm',
      outfile,
      banner,
    });
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n';
    writeFileSync(path.join(folder, 'map.yaml'), map);
    const pod = readFileSync('media/samples/pod.yaml', 'utf8').trimEnd();
    const uri = pathToFileURL(path.join(folder, 'pod.yaml')).href;
    const server = spawn(process.execPath, [outfile, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((resolve) => server.on('exit', resolve));
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const published = new Promise<PublishDiagnosticsParams>((resolve) =>
      connection.onNotification('textDocument/publishDiagnostics', resolve),
    );
    connection.listen();
    await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    await connection.sendNotification('initialized', {});
    const text = `${pod}\n    envFrom: [{configMapRef: {name: settings}}, {configMapRef: {name: other}}]\n`;
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
    const [diagnostic, ...others] = (await published).diagnostics;
    assert.match(String(diagnostic?.message), /configmap "other" not found/);
    assert.deepEqual(others, []);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await ended, 0);
  });

  it('can be bundled for a browser, without anything of Node', async () => {
    const { outputFiles } = await build({
      ...options,
      ...{ entryPoints: ['src/language-server/browser.ts'], platform: 'browser', format: 'iife', write: false },
    });
    assert.doesNotMatch(
      outputFiles[0]?.text ?? '',
      /require\("(?:node:)?(?:fs|path|os|net|child_process)"\)|from "node:/,
    );
  });
});
