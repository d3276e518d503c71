import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const cluster = (limits: string) => `
{apiVersion: v1, kind: Node, metadata: {name: a}, status: {allocatable: {cpu: 8, memory: 8Gi, pods: 20}}}
---
{apiVersion: v1, kind: LimitRange, metadata: {name: l, namespace: default}, spec: {limits: [${limits}]}}
`;

const containers = (resources: string) => `containers:
  - {name: side, image: nginx, resources: {limits: {cpu: 250m}, requests: {cpu: 250m}}}
  - name: app
    image: nginx
    resources:
      ${resources}
`;
const pod = (resources: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec:\n  ${containers(resources)}`;

describe('the fix of a Pod that a LimitRange refuses', () => {
  it('lowers what is too much, request and limit together', () => {
    const resources = 'limits: {cpu: 2}\n      requests: {cpu: 1}';
    assert.deepEqual(
      offered(pod(resources), 'forbidden', { cluster: cluster('{type: Container, max: {cpu: 500m}}') }),
      [
        [
          ...(['Lower the cpu limit to 500m', false] as const),
          ...['-       limits: {cpu: 2}', '-       requests: {cpu: 1}'],
          ...['+       limits: {cpu: 500m}', '+       requests: {cpu: 500m}'],
        ],
      ],
    );
  });

  it('raises what is too little', () => {
    const given = { cluster: cluster('{type: Container, min: {memory: 64Mi}}') };
    const text = pod('limits: {cpu: 1, memory: 128Mi}\n      requests: {cpu: 1, memory: 32Mi}').replace(
      '{limits: {cpu: 250m}, requests: {cpu: 250m}}',
      '{requests: {memory: 64Mi}}',
    );
    assert.deepEqual(offered(text, 'forbidden', given), [
      [
        ...(['Raise the memory request to 64Mi', false] as const),
        ...['-       requests: {cpu: 1, memory: 32Mi}', '+       requests: {cpu: 1, memory: 64Mi}'],
      ],
    ]);
  });

  it('mends all that is said of a template', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec:
      ${containers('limits: {cpu: 2, memory: 2Gi}').replaceAll('\n', '\n    ')}
`;
    const given = { cluster: cluster('{type: Container, max: {cpu: 500m, memory: 1Gi}, default: {memory: 1Gi}}') };
    assert.deepEqual(offered(text, 'pod-creation', given), [
      [
        ...(['Keep to the LimitRange of the namespace', false] as const),
        ...['-           limits: {cpu: 2, memory: 2Gi}', '+           limits: {cpu: 500m, memory: 1Gi}'],
      ],
    ]);
  });

  it('is not offered for a Pod as a whole', () => {
    const given = { cluster: cluster('{type: Pod, max: {cpu: 500m}}') };
    assert.deepEqual(offered(pod('limits: {cpu: 2}'), 'forbidden', given), []);
  });
});
