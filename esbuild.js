// Builds every bundle: `node esbuild.js [--quiet] [--check-size]`.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { build } from 'esbuild';

const quiet = process.argv.includes('--quiet');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Bytes that a bundle must not pass. */
const budgets = { 'dist/program.cjs': 1_000_000, 'dist/cli.js': 10_000 };

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  logLevel: quiet ? 'error' : 'info',
};

rmSync('dist', { recursive: true, force: true });
// A script, not a module, so that it can be loaded with its compiled code.
await build({
  ...common,
  entryPoints: ['src/cli/run.ts'],
  outfile: 'dist/program.cjs',
  format: 'cjs',
  define: { APPLYSCOPE_VERSION: JSON.stringify(version), 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
});
await build({ ...common, entryPoints: ['src/cli/launcher.ts'], outfile: 'dist/cli.js', format: 'esm' });
await build({ ...common, entryPoints: ['src/cli/prepare.ts'], outfile: 'dist/prepare.js', format: 'esm' });
execFileSync(process.execPath, ['dist/prepare.js'], { stdio: 'inherit' });
rmSync('dist/prepare.js');

if (process.argv.includes('--check-size')) {
  for (const [file, budget] of Object.entries(budgets)) {
    const { size } = statSync(file);
    if (size <= budget) continue;
    console.error(`${file} has ${size} bytes; the budget is ${budget}`);
    process.exitCode = 1;
  }
}
