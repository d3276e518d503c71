// `kubectl explain` against what kubectl 1.36.3 printed from the reference's OpenAPI documents (recorded.jsonl).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { FieldDocs } from '../../../../src/api/field-docs.ts';
import { convergeCluster, noFiles, Simulation } from '../../../../src/simulator/index.ts';

interface Recorded {
  readonly args: readonly string[];
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

const recorded = readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const fieldDocs = () => JSON.parse(readFileSync('media/field-docs.json', 'utf8')) as FieldDocs;

describe('kubectl explain', () => {
  const simulation = new Simulation(convergeCluster([]), { fieldDocs });

  for (const { args, exit, stdout, stderr } of recorded.map((line) => JSON.parse(line) as Recorded)) {
    it(args.join(' ') || 'nothing', () => {
      const result = simulation.kubectl(['explain', ...args], noFiles);
      assert.equal(result.stdout, stdout);
      assert.equal(result.stderr, stderr);
      assert.equal(result.exitCode, exit);
    });
  }

  it('is unknown where nobody has the documentation, and for what is not read', () => {
    const bare = new Simulation(convergeCluster([]));
    assert.match(bare.kubectl(['explain', 'pods'], noFiles).stderr, /not simulated: the documentation of pods/);
    for (const args of [['{.pod}'], ['pod', '-o', 'plaintext-openapiv2']]) {
      assert.match(simulation.kubectl(['explain', ...args], noFiles).stderr, /not simulated/);
    }
  });
});
