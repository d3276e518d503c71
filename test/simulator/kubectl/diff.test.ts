import assert from 'node:assert/strict';
import { unifiedDiff } from '../../../src/simulator/kubectl/printing/text-diff.ts';
import { configMap, folder, fresh, pod, runs } from './runs.ts';
import { Simulation } from '../../../src/simulator/index.ts';

describe('kubectl diff', () => {
  it('shows what an apply would change, and changes nothing', () => {
    const files = { 'a.yaml': configMap('one'), 'b.yaml': configMap('one', 'b') };
    const simulation = runs(files, [
      ['apply -f a.yaml', 'configmap/one created\n'],
      ['diff -f a.yaml', ''],
    ]);
    const { output, exitCode } = simulation.kubectl(['diff', '-f', 'b.yaml'], folder(files));
    assert.equal(exitCode, 1);
    const [command = '', live, merged, ...hunk] = output.split('\n');
    assert.match(
      command,
      /^diff -u -N \/tmp\/LIVE-\d+\/v1\.ConfigMap\.default\.one \/tmp\/MERGED-\d+\/v1\.ConfigMap\.default\.one$/,
    );
    assert.match(`${live} ${merged}`, /^--- .*\t\d{4}-.* \+\+\+ /);
    const expected =
      '@@ -1,6 +1,6 @@\n apiVersion: v1\n data:\n-  mode: a\n+  mode: b\n kind: ConfigMap\n metadata:\n   annotations:\n';
    assert.equal(hunk.join('\n'), expected);
    assert.equal(simulation.kubectl(['get', 'cm', 'one', '-o', 'jsonpath={.data.mode}'], folder({})).output, 'a');
  });

  it('leaves the place of the namespace empty where there is none', () => {
    const files = { 'a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: new}\n' };
    const { output } = new Simulation(fresh).kubectl(['diff', '-f', 'a.yaml'], folder(files));
    assert.match(output, /^diff -u -N \/tmp\/LIVE-\d+\/v1\.Namespace\.\.new /);
  });

  it('tells what is refused with another exit code', () => {
    const files = { 'a.yaml': pod.replace('nginx', '""') };
    runs(files, [['diff -f a.yaml', 'The Pod "web" is invalid: spec.containers[0].image: Required value\n', 2]]);
  });

  it('says that it does not mask Secrets', () => {
    const files = { 'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hush}\n' };
    const { output } = new Simulation(fresh).kubectl(['diff', '-f', 'a.yaml'], folder(files));
    assert.equal(output, 'error: not simulated: kubectl diff of a Secret\n');
  });

  it('puts changes that are near into one hunk', () => {
    const lines = (changed: readonly number[]) =>
      Array.from({ length: 20 }, (_, i) => (changed.includes(i) ? `new ${i}\n` : `${i}\n`)).join('');
    assert.equal((unifiedDiff(lines([]), lines([4, 11])) ?? '').match(/^@@.*@@$/gm)?.join(), '@@ -2,14 +2,14 @@');
    assert.equal(
      (unifiedDiff(lines([]), lines([4, 12])) ?? '').match(/^@@.*@@$/gm)?.join(),
      '@@ -2,7 +2,7 @@,@@ -10,7 +10,7 @@',
    );
    assert.equal(unifiedDiff('', 'a\nb\n'), '@@ -0,0 +1,2 @@\n+a\n+b\n');
    assert.equal(unifiedDiff('a\n', 'a\n'), '');
  });
});
