import assert from 'node:assert/strict';
import { fixAll } from '../../../src/features/editor.ts';
import { parseSource } from '../../../src/features/index.ts';
import { clusterFrom, nodeText } from '../../support/apply.ts';
import { linesChanged } from '../../support/fixes.ts';

const text = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  restartPolicy: always
  containers:
  - name: app
    imagee: nginx # web
    env:
    - {name: PORT, value: 8080}
---
apiVersion: apps/v1beta1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: a, image: b}]}
`;

function fixed(before: string, cluster = nodeText('a')) {
  const files = [parseSource({ name: 'a.yaml', text: before })];
  const { edits, fixes } = fixAll({ files, cluster: clusterFrom(cluster), preset: false });
  const after = (edits[0]?.edits ?? []).reduceRight(
    (done, { start, end, newText }) => done.slice(0, start) + newText + done.slice(end),
    before,
  );
  return { after, titles: fixes.map(({ title }) => title), edits };
}

describe('fixAll', () => {
  it('mends slips one after the other, also those that come to light on the way', () => {
    const { after, titles, edits } = fixed(text);
    assert.deepEqual(titles.toSorted(), [
      'Correct restartPolicy to Always',
      'Put quotes around the value of value',
      'Rename imagee to image',
      'Use apps/v1',
    ]);
    assert.deepEqual(linesChanged(text, after), [
      '-   restartPolicy: always',
      '-   containers:',
      '-   - name: app',
      '-     imagee: nginx # web',
      '-     env:',
      '-     - {name: PORT, value: 8080}',
      '- ---',
      '- apiVersion: apps/v1beta1',
      '+   restartPolicy: Always',
      '+   containers:',
      '+   - name: app',
      '+     image: nginx # web',
      '+     env:',
      '+     - {name: PORT, value: "8080"}',
      '+ ---',
      '+ apiVersion: apps/v1',
    ]);
    assert.equal(edits[0]?.edits.length, 4);
  });

  it('leaves choices to people', () => {
    const pod = text
      .slice(0, text.indexOf('---'))
      .replace('imagee', 'image')
      .replace('8080', '"8080"')
      .replace('always', 'Always');
    assert.deepEqual(fixed(pod, nodeText('a', { taint: 'k=v:NoSchedule' })).edits, []);
  });
});
