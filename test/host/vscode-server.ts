// A VS Code server with the packaged extension installed, and a workspace of samples; opened in a browser by its address.
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Tools } from './tools.ts';
import { unzip } from './unzip.ts';

export interface RunningServer {
  /** The folder of the packaged extension. */
  readonly extension: string;
  readonly workspace: string;
  /** The address of the workbench on the workspace; the payload is what its page hands to the extension host. */
  address(payload?: readonly (readonly [string, string])[]): string;
  /** Adds to the user's settings and to those of the machine. */
  writeSettings(settings: Record<string, unknown>): void;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Settings of the user. */
  readonly settings?: Record<string, unknown>;
  /** Ask whether the workspace is trusted. */
  readonly trust?: boolean;
  readonly port?: number;
  /** Adds to the workspace before it is opened. */
  readonly prepare?: (workspace: string) => void;
  /** Another extension that is installed: its folder. */
  readonly beside?: string;
}

/** What the workspace is a copy of. */
export const samples = 'media/samples/first-steps';

const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  'git.enabled': false,
  'security.workspace.trust.banner': 'never',
};

export async function startServer(tools: Tools, options: ServerOptions = {}): Promise<RunningServer> {
  const home = mkdtempSync(path.join(tmpdir(), 'applyscope-host-'));
  const workspace = path.join(home, 'workspace');
  cpSync(samples, workspace, { recursive: true });
  options.prepare?.(workspace);
  let settings = { ...quietSettings, ...options.settings };
  const writeSettings = (more: Record<string, unknown>) => {
    settings = { ...settings, ...more };
    for (const folder of ['User', 'Machine']) {
      mkdirSync(path.join(home, 'data/data', folder), { recursive: true });
      writeFileSync(path.join(home, 'data/data', folder, 'settings.json'), JSON.stringify(settings));
    }
  };
  writeSettings({});
  const extension = installPackage(path.join(home, 'data/extensions'));
  if (options.beside) cpSync(options.beside, path.join(home, 'data/extensions/beside-1.0.0'), { recursive: true });
  const port = options.port ?? (await freePort());
  const child = spawn(
    tools.node,
    [
      path.join(tools.vscode, 'out/server-main.js'),
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'],
      ...['--accept-server-license-terms', '--telemetry-level', 'off', '--enable-smoke-test-driver'],
      ...['--server-data-dir', path.join(home, 'data')],
      ...(options.trust ? [] : ['--disable-workspace-trust']),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  await untilListening(child);
  return {
    ...{ extension, workspace, writeSettings },
    address: (payload = []) => {
      const folder = `folder=${encodeURIComponent(workspace)}`;
      const given = encodeURIComponent(JSON.stringify([['skipWelcome', 'true'], ...payload]));
      return `http://127.0.0.1:${port}/?${folder}&payload=${given}`;
    },
    stop: async () => {
      if (child.exitCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill();
        await ended;
      }
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Unpacks the .vsix as VS Code does when it installs it; what is tested is what is shipped. */
export function installPackage(extensions: string): string {
  const { publisher, name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>;
  const target = path.join(extensions, `${publisher}.${name}-${version}`);
  const file = readdirSync('dist').find((one) => one.endsWith('.vsix'));
  if (file === undefined) throw new Error('dist/ has no .vsix: npm run package makes it');
  unzip(readFileSync(path.join('dist', file)), 'extension/', target);
  return target;
}

function untilListening(child: ChildProcess): Promise<void> {
  let said = '';
  return new Promise((resolve, reject) => {
    const listen = (data: Buffer) => {
      said += data.toString();
      if (said.includes('Extension host agent listening')) resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => reject(new Error(`The VS Code server ended with ${code}:\n${said}`)));
  });
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
