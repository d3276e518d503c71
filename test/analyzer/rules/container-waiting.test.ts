import assert from 'node:assert/strict';
import { found, type Options } from '../../support/apply.ts';

const ids = ['image-pull', 'container-create', 'crash-loop'];
const pod = (container: string) => `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - name: app
    ${container}
`;
const notFound = { images: { images: { 'web:9': { pull: { error: 'not found', code: 'NotFound' } } } } };

describe('a container that does not run', () => {
  const rows: [what: string, text: string, options: Options, row: string[], explanation: RegExp][] = [
    [
      'its image cannot be pulled',
      pod('image: web:9'),
      notFound,
      ['error', 'image-pull', 'web:9'],
      /cannot pull web:9 for container app/,
    ],
    [
      'its image may not be pulled',
      pod('image: web:9\n    imagePullPolicy: Never'),
      {},
      ['error', 'image-pull', 'Never'],
      /Never forbids/,
    ],
    [
      'a Secret is missing',
      pod('image: web\n    env: [{name: A, valueFrom: {secretKeyRef: {name: keys, key: a}}}]'),
      {},
      ['error', 'container-create', 'keys'],
      /needs Secret keys/,
    ],
    [
      'a ConfigMap is missing',
      pod('image: web\n    envFrom: [{configMapRef: {name: settings}}]'),
      {},
      ['error', 'container-create', 'settings'],
      /needs ConfigMap settings/,
    ],
    [
      'it keeps exiting',
      pod('image: job'),
      { images: { images: { job: { runs: [{ exit: 1, after: '2s' }] } } } },
      ['error', 'crash-loop', 'app'],
      /Container app keeps exiting/,
    ],
    [
      'it would run as root',
      pod('image: web\n    securityContext: {runAsNonRoot: true, runAsUser: 0}'),
      {},
      ['error', 'container-create', 'app'],
      /cannot be created/,
    ],
  ];
  for (const [what, text, options, row, explanation] of rows) {
    it(`because ${what}`, () => {
      const [first, ...others] = found(text, ids, options);
      assert.deepEqual(first?.slice(0, 3), row);
      assert.match(first?.[3] ?? '', explanation);
      assert.deepEqual(others, []);
    });
  }

  it('because a key of a ConfigMap is missing', () => {
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n---\n';
    const [row] = found(
      map + pod('image: web\n    env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: c}}}]'),
      ids,
    );
    assert.deepEqual(row?.slice(1, 3), ['container-create', 'c']);
    assert.match(row?.[3] ?? '', /key c of ConfigMap settings/);
  });

  it('is told at the template of a Deployment', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: "web:9"}]}
`;
    assert.deepEqual(
      found(text, ids, notFound).map((row) => row.slice(0, 3)),
      [['error', 'image-pull', '"web:9"']],
    );
  });

  it('is nothing to tell while it runs', () => assert.deepEqual(found(pod('image: nginx'), ids), []));

  it('takes it that an image of which nothing is said does not run as root', () => {
    assert.deepEqual(found(pod('image: nginx\n    securityContext: {runAsNonRoot: true}'), ids), []);
  });
});
