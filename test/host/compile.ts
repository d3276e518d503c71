// Compiles the suite that runs in the extension host: CommonJS, because that is what the host loads.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** The compiled entry. Modules it needs are found from there: the folder is inside the repository. */
export async function compileInside(): Promise<string> {
  const outdir = path.resolve('.cache/host-suite');
  const suites = readdirSync('test/host/inside').filter((file) => file.endsWith('.suite.ts'));
  await build({
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'cjs', sourcemap: 'inline', logLevel: 'error' },
    entryPoints: ['index.ts', ...suites].map((file) => `test/host/inside/${file}`),
    outdir,
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha'],
    define: {
      CLI: JSON.stringify(path.resolve('dist/cli.js')),
      SUITES: JSON.stringify(suites.sort().map((file) => file.replace(/\.ts$/, '.cjs'))),
    },
  });
  return path.join(outdir, 'index.cjs');
}
