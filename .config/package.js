// `npm run package`: builds the CLI's archive (.tgz) and the extension (.vsix) in dist/, and checks what the extension weighs.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import './install.js';

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const extension = `dist/${name}-${version}.vsix`;
/** Bytes of the .vsix. */
const budget = 1_500_000;

/** What a command says is shown if it fails. */
function run(command, ...args) {
  const { status, output } = spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' });
  if (status === 0) return;
  console.error(output?.join(''));
  process.exit(status ?? 1);
}

run(process.execPath, 'esbuild.js', '--quiet');
if (!process.argv.includes('--only-extension')) run('npm', 'pack', '--ignore-scripts', '--pack-destination', 'dist');
run('node_modules/.bin/vsce', 'package', '--no-dependencies', '--out', extension);

const forBrowsers = /^(server-web[\\/].*|.*-web\.c?js|webview.*\.js)$/;
for (const file of readdirSync('dist', { recursive: true }).filter((name) => forBrowsers.test(name))) {
  if (!/\b(require\(|import\(|from ?|import ?)["'`]node:/.test(readFileSync(`dist/${file}`, 'utf8'))) continue;
  console.error(`dist/${file} is for browsers, and imports from Node`);
  process.exitCode = 1;
}
const { size } = statSync(extension);
console.log(`${extension}: ${(size / 1e6).toFixed(2)} MB of ${budget / 1e6} MB`);
if (size > budget) process.exitCode = 1;
