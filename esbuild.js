// Builds every bundle: `node esbuild.js [--quiet] [--check-size]`.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildPage } from './.config/page-bundles.js';
import { buildInParts } from './.config/parts.js';

const quiet = process.argv.includes('--quiet');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Bytes that a bundle must not pass: what is read before anything else can be. */
const budgets = { 'dist/cli.js': 10_000, 'dist/server.js': 10_000, 'dist/extension.cjs': 40_000 };
/** The same of what is downloaded: gzipped. The simulator is in the last three; what few manifests need lies in parts beside them. */
const gzippedBudgets = {
  'dist/webview.js': 60_000,
  'dist/webview-mermaid.js': 250_000,
  'dist/program.cjs': 350_000,
  'dist/server.cjs': 400_000,
  'dist/server-web.js': 400_000,
};

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  logLevel: quiet ? 'error' : 'info',
};

// Built beside dist/ and put in its place in the end: somebody may be using what is there, and a build may fail.
const [next, before] = [`.cache/dist-${process.pid}`, `.cache/dist-${process.pid}-before`];
mkdirSync(next, { recursive: true });
process.on('exit', () => {
  for (const folder of [next, before]) rmSync(folder, { recursive: true, force: true });
});
// A script, not a module, so that it can be loaded with its compiled code.
const program = {
  ...common,
  entryPoints: ['src/cli/run.ts'],
  outfile: `${next}/program.cjs`,
  format: 'cjs',
  define: { APPLYSCOPE_VERSION: JSON.stringify(version), 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
};
await buildInParts(program, { run: '(name)=>require(`./program/${name}.cjs`)', extension: '.cjs' });
await build({ ...common, entryPoints: ['src/cli/launcher.ts'], outfile: `${next}/cli.js`, format: 'esm' });
await runOnce('src/cli/prepare.ts');

const presets = readdirSync(`${next}/presets`).map((file) => {
  const name = path.parse(file).name;
  const text = readFileSync(`media/clusters/${name}.yaml`, 'utf8');
  // the others are chosen by hand: they are brought to rest then
  const settled = name === 'tutorial' && { settled: JSON.parse(readFileSync(`${next}/presets/${file}`, 'utf8')) };
  return [name, { text, ...settled }];
});
const server = {
  ...common,
  // what it says for browsers can be shaken
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  define: {
    APPLYSCOPE_VERSION: JSON.stringify(version),
    APPLYSCOPE_PRESETS: JSON.stringify(Object.fromEntries(presets)),
  },
};
const nodeServer = {
  ...server,
  entryPoints: ['src/language-server/node.ts'],
  outfile: `${next}/server.cjs`,
  format: 'cjs',
  define: { ...server.define, 'import.meta.url': 'moduleUrl' },
  banner: program.banner,
};
await buildInParts(nodeServer, { run: '(name)=>require(`./server/${name}.cjs`)', extension: '.cjs' });
await build({ ...common, entryPoints: ['src/cli/server-launcher.ts'], outfile: `${next}/server.js`, format: 'esm' });
await runOnce('src/cli/prepare-server.ts');
const webServer = {
  ...server,
  entryPoints: ['src/language-server/browser.ts'],
  outfile: `${next}/server-web.js`,
  platform: 'browser',
  target: 'es2023',
  format: 'iife',
};
await buildInParts(webServer, { run: '(name)=>self.runPart(name)', extension: '.js' });

const extension = { ...common, format: 'cjs', external: ['vscode'] };
await build({
  ...extension,
  entryPoints: ['src/extension/main.ts'],
  outfile: `${next}/extension.cjs`,
  // loaded by `require`, which the host has taught to know `vscode`
  supported: { 'dynamic-import': false },
  plugins: [apart('./client.ts', './extension-client.cjs')],
});
await build({ ...extension, entryPoints: ['src/extension/client.ts'], outfile: `${next}/extension-client.cjs` });
await build({
  ...extension,
  entryPoints: ['src/extension/server-process.ts'],
  outfile: `${next}/server-process.cjs`,
  external: ['./server-web.js'],
});
await build({
  ...extension,
  ...{ platform: 'browser', target: 'es2023', mainFields: ['browser', 'module', 'main'] },
  entryPoints: ['src/extension/web.ts'],
  outfile: `${next}/extension-web.cjs`,
});

await buildPage(next);
if (existsSync('dist')) renameSync('dist', before);
renameSync(next, 'dist');

/** Leaves a module that is imported to a bundle beside the one that is built. */
function apart(module, file) {
  return {
    name: 'apart',
    setup: (bundle) =>
      bundle.onResolve({ filter: /^\.\// }, ({ path: name }) =>
        name === module ? { path: file, external: true } : null,
      ),
  };
}

/** A step of the build that runs beside what is built. */
async function runOnce(entry) {
  const outfile = `${next}/once.js`;
  await build({ ...common, entryPoints: [entry], outfile, format: 'esm' });
  execFileSync(process.execPath, [outfile], { stdio: 'inherit' });
  rmSync(outfile);
}

if (process.argv.includes('--check-size')) {
  const sizes = [
    ...Object.entries(budgets).map(([file, budget]) => [file, statSync(file).size, budget]),
    ...Object.entries(gzippedBudgets).map(([file, budget]) => [
      file,
      gzipSync(readFileSync(file), { level: 9 }).length,
      budget,
    ]),
  ];
  for (const [file, size, budget] of sizes) {
    if (size <= budget) continue;
    console.error(`${file} has ${size} bytes; the budget is ${budget}`);
    process.exitCode = 1;
  }
}
