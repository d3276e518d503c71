// Compiles the suites that run in an extension host: CommonJS, because that is what hosts load.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';

const common: BuildOptions = { bundle: true, format: 'cjs', sourcemap: 'inline', logLevel: 'error' };

/** The compiled entry for a host in Node. Modules it needs are found from there: the folder is inside the repository. */
export async function compileInside(): Promise<string> {
  const outdir = path.resolve('.cache/host-suite');
  const suites = readdirSync('test/host/inside').filter((file) => file.endsWith('.suite.ts'));
  await build({
    ...{ ...common, platform: 'node', target: 'node20' },
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

/** The entry for a host in a web worker, in one file without anything of Node's. */
export async function compileForWorker(outfile: string): Promise<void> {
  await build({
    ...{ ...common, platform: 'browser', target: 'es2023' },
    entryPoints: ['test/host/web/index.ts'],
    outfile,
    external: ['vscode'],
    alias: { 'node:assert/strict': path.resolve('test/host/web/assert.ts') },
    plugins: [mochaAsScript],
  });
}

/** Mocha for browsers is a script in a package of modules: bundled as the module it is taken for, it would export itself in our place. */
const mochaAsScript: Plugin = {
  name: 'mocha-as-script',
  setup(bundle) {
    bundle.onResolve({ filter: /^mocha\/mocha\.js$/ }, () => ({ path: 'mocha', namespace: 'script' }));
    bundle.onLoad({ filter: /./, namespace: 'script' }, () => ({
      contents: readFileSync('node_modules/mocha/mocha.js', 'utf8'),
    }));
  },
};
