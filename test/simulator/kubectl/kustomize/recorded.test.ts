// `kubectl kustomize` against what kubectl 1.36.3 printed of the same folders (recorded.jsonl; `<dir>` stands for the folder it ran in).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { kustomizationsIn } from '../../../../src/features/kustomizations.ts';
import { convergeCluster, noFiles, Simulation } from '../../../../src/simulator/index.ts';
import { foldersOf } from '../../../support/folders.ts';

interface Recorded {
  readonly case: string;
  readonly files: Readonly<Record<string, string | { readonly base64: string }>>;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

const lines = readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

describe('kubectl kustomize', () => {
  const cluster = convergeCluster([]);

  for (const recorded of lines.map((line) => JSON.parse(line) as Recorded)) {
    it(recorded.case, () => {
      const files = Object.entries(recorded.files).map(([name, content]) => [
        name,
        typeof content === 'string' ? content : new Uint8Array(Buffer.from(content.base64, 'base64')),
      ]);
      const folders = foldersOf(Object.fromEntries(files) as Record<string, string | Uint8Array>, '<dir>');
      const access = { ...noFiles, kustomization: kustomizationsIn(folders) };
      const result = new Simulation(cluster).kubectl(['kustomize', 'k'], access);
      assert.equal(result.stderr, recorded.stderr);
      assert.equal(result.stdout, recorded.stdout);
      assert.equal(result.exitCode, recorded.exit);
    });
  }
});
