// The server as Neovim, Helix and Zed start it: a program that speaks over its standard streams.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type InitializeResult,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';

const preset = { tutorial: { text: readFileSync('media/clusters/tutorial.yaml', 'utf8') } };
const options = {
  bundle: true,
  logLevel: 'silent',
  define: { APPLYSCOPE_PRESETS: JSON.stringify(preset) },
} as const;

interface Started {
  readonly command: readonly string[];
  readonly settings?: object;
}

/** What editors are told in the README. */
function startedAsTheReadmeSays(): Record<'neovim' | 'helix' | 'zed', Started> {
  if (!existsSync('dist/server.js')) execFileSync(process.execPath, ['esbuild.js', '--quiet']);
  const readme = readFileSync('README.md', 'utf8');
  const lua = /cmd = \{([^}]*)\}/.exec(readme)?.[1]?.replaceAll("'", '"');
  const toml = /^command = (.*)\nargs = (.*)$/m.exec(readme);
  const json = /`("lsp": .*?)`/s.exec(readme)?.[1];
  const scope = /settings = \{ applyscope = \{ scope = '(\w+)' \} \}/.exec(readme)?.[1];
  assert.ok(scope && lua && toml?.[1] && toml[2] && json);
  const zed = JSON.parse(`{${json}}`) as { lsp: Record<string, { binary: { path: string; arguments: string[] } }> };
  const { binary } = zed.lsp['yaml-language-server']!;
  return {
    neovim: { command: JSON.parse(`[${lua}]`) as string[], settings: { applyscope: { scope } } },
    helix: { command: [JSON.parse(toml[1]) as string, ...(JSON.parse(toml[2]) as string[])] },
    zed: { command: [binary.path, ...binary.arguments] },
  };
}

describe('the server as a program', function () {
  this.timeout(60_000);
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

  it('starts as the README says, and takes the settings that stand there', async () => {
    const started = startedAsTheReadmeSays();
    for (const [editor, { command, settings }] of Object.entries(started)) {
      const [program = '', ...given] = command;
      assert.equal(program, 'node', editor);
      const args = given.map((one) => one.replace('/path/to/applyscope/', `${process.cwd()}/`));
      const server = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
      const ended = new Promise<number | null>((resolve) => server.on('exit', resolve));
      const connection = createProtocolConnection(
        new StreamMessageReader(server.stdout),
        new StreamMessageWriter(server.stdin),
      );
      connection.listen();
      const initialize = { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities: {} };
      const { serverInfo } = await connection.sendRequest<InitializeResult>('initialize', initialize);
      assert.equal(serverInfo?.name, 'applyscope', editor);
      await connection.sendNotification('initialized', {});
      if (settings) await connection.sendNotification('workspace/didChangeConfiguration', { settings });
      const published = new Promise<PublishDiagnosticsParams>((resolve) =>
        connection.onNotification('textDocument/publishDiagnostics', resolve),
      );
      const text = readFileSync('media/samples/mistyped.yaml', 'utf8');
      const uri = pathToFileURL(path.join(folder, 'mistyped.yaml')).href;
      const textDocument = { uri, languageId: 'yaml', version: 1, text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
      assert.equal((await published).diagnostics[0]?.code, 'unknown-field', editor);
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      assert.equal(await ended, 0, editor);
    }
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
