// Builds every bundle: `node esbuild.js [--quiet] [--check-size]`.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { build } from 'esbuild';

const quiet = process.argv.includes('--quiet');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Bytes of a bundle, all chunks together, that must not be passed. */
const budgets = { cli: 1_600_000 };

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { cli: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  define: { APPLYSCOPE_VERSION: JSON.stringify(version) },
  logLevel: quiet ? 'error' : 'info',
});

// The preset clusters at rest, made by the code that has just been built.
const settle = 'dist/settle-presets.mjs';
await build({
  entryPoints: ['src/cli/settle-presets.ts'],
  outfile: settle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  logLevel: 'error',
});
execFileSync(process.execPath, [settle, 'dist/presets'], { stdio: 'inherit' });
rmSync(settle);

if (process.argv.includes('--check-size')) {
  const size = ['dist/cli.js', ...readdirSync('dist/chunks').map((file) => `dist/chunks/${file}`)].reduce(
    (sum, file) => sum + statSync(file).size,
    0,
  );
  if (size > budgets.cli) {
    console.error(`dist/cli.js and its chunks have ${size} bytes; the budget is ${budgets.cli}`);
    process.exitCode = 1;
  }
}
