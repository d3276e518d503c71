import assert from 'node:assert/strict';
import { describedPodOf, PodTemplates } from '../../src/analyzer/pod-templates.ts';
import type { KubeObject } from '../../src/api/object.ts';

const object = (kind: string, rest: object): KubeObject => ({ apiVersion: 'v1', kind, metadata: {}, ...rest });

describe('PodTemplates', () => {
  const templates = new PodTemplates();
  const add = (made: KubeObject) => {
    const pod = describedPodOf(made);
    if (pod) templates.add(pod);
  };
  add(object('Pod', { metadata: { labels: { app: 'one', tier: 'web' } } }));
  add(object('StatefulSet', { spec: { template: { metadata: { labels: { app: 'two' } } } } }));
  add(object('CronJob', { spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: 'three' } } } } } } }));
  add(object('Pod', { metadata: { namespace: 'shop', labels: { app: 'four' } } }));
  add(object('Deployment', { spec: 'nonsense' }));
  add(object('ConfigMap', { metadata: { labels: { app: 'five' } } }));

  const rows: [string, Record<string, string>, boolean][] = [
    ['default', { app: 'one' }, true],
    ['default', { app: 'one', tier: 'web' }, true],
    ['default', { app: 'one', tier: 'db' }, false],
    ['default', { app: 'two' }, true],
    ['default', { app: 'three' }, true],
    ['default', { app: 'four' }, false],
    ['shop', { app: 'four' }, true],
    ['default', { app: 'five' }, false],
  ];
  for (const [namespace, selector, expected] of rows) {
    it(`${expected ? 'has' : 'has not'} ${JSON.stringify(selector)} in ${namespace}`, () => {
      assert.equal(templates.has(namespace, selector), expected);
      assert.equal(new PodTemplates(templates).has(namespace, selector), expected);
    });
  }
});
