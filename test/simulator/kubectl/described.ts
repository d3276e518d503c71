// Objects for descriptions, and parts of what `kubectl describe` prints of them.
import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/api/object.ts';
import { lookAt, then } from './shelf.ts';

export const made = (
  apiVersion: string,
  kind: string,
  name: string,
  rest: object = {},
  metadata: object = {},
): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'default', uid: `uid-${name}`, creationTimestamp: then, ...metadata },
  ...rest,
});

export const event = (name: string, about: KubeObject, rest: object): KubeObject =>
  made('v1', 'Event', name, {
    involvedObject: {
      kind: about.kind,
      name: about.metadata.name,
      namespace: about.metadata.namespace,
      uid: about.metadata.uid,
    },
    ...rest,
  });

export const controlledBy = (kind: string, name: string) => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: `uid-${name}`, controller: true }],
});

export const template = {
  metadata: { labels: { app: 'web' }, annotations: { note: 'x' } },
  spec: { serviceAccountName: 'robot', containers: [{ name: 'app', image: 'nginx' }] },
};

export const described = (objects: readonly KubeObject[], what: string) => {
  const { stdout, stderr, exitCode } = lookAt(objects, `describe ${what}`);
  assert.equal(stderr, '');
  assert.equal(exitCode, 0);
  return stdout;
};

/** The lines from the one that begins with `first` up to the one before `last`. */
export function part(text: string, first: string, last: string): string {
  const lines = text.split('\n');
  const begin = lines.findIndex((line) => line.startsWith(first));
  const end = lines.findIndex((line, i) => i > begin && line.startsWith(last));
  return lines.slice(begin, end).join('\n');
}
