// The program as it is bundled: its parts say what the sources say, and are loaded only for what needs them.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { run as fromSources } from '../src/cli/run.ts';
import type { Streams } from '../src/cli/streams.ts';

type Run = typeof fromSources;

// by a name that is no literal: it is not typed
const bundler: string = '../.config/parts.js';
const require = createRequire(import.meta.url);

async function said(run: Run, argv: readonly string[]): Promise<string> {
  let text = '';
  const keep = (part: string) => void (text += part);
  const streams: Streams = { out: keep, error: keep, colours: false, terminal: false };
  const code = await run(argv, streams);
  return `${text}${code}`;
}

const cases: readonly (readonly [parts: readonly string[], ...argv: string[]])[] = [
  [[], 'check', 'media/samples/pod.yaml'],
  [[], 'check', 'media/samples/deployment-service.yaml'],
  [[], 'simulate', '-f', 'media/samples/pod.yaml'],
  [['reasons'], 'check', 'media/samples/pod.yaml', '--cluster', 'media/samples/clusters/tainted.yaml'],
  [['kubectl'], 'simulate', '-f', 'media/samples/pod.yaml', '--then', 'describe pod'],
  [[], 'check', 'media/samples/mistyped.yaml'],
  [['budgets'], 'check', 'test/support/parts/alone/budget.yaml'],
  [['zones'], 'check', 'test/support/parts/zones/cron-job.yaml'],
  [['extensions'], 'check', 'test/support/parts/definition.yaml'],
  [['roles'], 'check', 'test/support/parts/role.yaml'],
  [['kustomize'], 'check', '-k', 'test/support/parts/kustomization'],
  [['devices', 'extensions'], 'check', 'test/support/parts/device-claim.yaml'],
];

describe('a bundle in parts', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'applyscope-parts-'));
  const outfile = path.join(folder, 'program.cjs');
  const partsOf = () =>
    Object.keys(require.cache)
      .filter((file) => path.dirname(file) === path.join(folder, 'program'))
      .map((file) => path.parse(file).name);

  before(async () => {
    const { buildInParts } = (await import(bundler)) as {
      buildInParts: (options: object, how: { readonly run: string; readonly extension: string }) => Promise<void>;
    };
    const options = {
      ...{ bundle: true, platform: 'node', target: 'node20', format: 'cjs', minify: true, logLevel: 'error' },
      ...{ entryPoints: ['src/cli/run.ts'], outfile, define: { 'import.meta.url': 'moduleUrl' } },
      banner: { js: `const moduleUrl=${JSON.stringify(new URL('../src/cli/run.ts', import.meta.url).href)};` },
    };
    await buildInParts(options, { run: '(name)=>require(`./program/${name}.cjs`)', extension: '.cjs' });
  });
  after(() => rmSync(folder, { recursive: true }));

  it('has every part in a file of its own', () => {
    const all = new Set(cases.flatMap(([parts]) => parts));
    assert.deepEqual(
      readdirSync(path.join(folder, 'program')).sort(),
      [...all].sort().map((name) => `${name}.cjs`),
    );
  });

  for (const [parts, ...argv] of cases) {
    const needed = parts.length > 0 ? `parts ${parts.join(' and ')}` : 'no part';
    it(`says the same with ${needed}: ${argv.join(' ')}`, async () => {
      for (const file of Object.keys(require.cache).filter((one) => one.startsWith(folder))) delete require.cache[file];
      const { run } = require(outfile) as { run: Run };
      assert.equal(await said(run, argv), await said(fromSources, argv));
      assert.deepEqual(partsOf().sort(), [...parts].sort());
    });
  }
});
