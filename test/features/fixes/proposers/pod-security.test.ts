import assert from 'node:assert/strict';
import { fixesOf, linesChanged, offered } from '../../../support/fixes.ts';

const node =
  '{apiVersion: v1, kind: Node, metadata: {name: a}, status: {allocatable: {cpu: 8, memory: 8Gi, pods: 20}}}';
const restricted = (mode: string) => `
${node}
---
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {pod-security.kubernetes.io/${mode}: restricted}}}
`;

const containers = `containers:
  - name: app
    image: nginx
    securityContext:
      capabilities: {add: [NET_BIND_SERVICE]}
  - {name: side, image: nginx}
`;

const pod = `apiVersion: v1
kind: Pod
metadata: {name: app, namespace: shop}
spec:
  ${containers}`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: app, namespace: shop}
spec:
  selector: {matchLabels: {app: a}}
  template:
    metadata: {labels: {app: a}}
    spec:
      ${containers.replaceAll('\n', '\n    ')}
`;

describe('the fix of a Pod that the level restricted refuses', () => {
  const title = 'Set what the Pod Security Standard restricted asks for';
  const changed = (indent: string) => [
    `-${indent}    capabilities: {add: [NET_BIND_SERVICE]}`,
    `-${indent}- {name: side, image: nginx}`,
    `+${indent}    capabilities: {add: [NET_BIND_SERVICE], drop: [ALL]}`,
    `+${indent}    allowPrivilegeEscalation: false`,
    `+${indent}- {name: side, image: nginx, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}`,
    `+${indent}securityContext:`,
    `+${indent}  runAsNonRoot: true`,
    `+${indent}  seccompProfile:`,
    `+${indent}    type: RuntimeDefault`,
  ];

  it('says of the containers and the Pod what is asked for', () => {
    const fixes = offered(pod, 'forbidden', { cluster: restricted('enforce') });
    assert.deepEqual(fixes, [[title, false, ...changed('   ')]]);
  });

  it('says it in the template, also where it is only warned', () => {
    const enforced = offered(deployment, 'pod-creation', { cluster: restricted('enforce') });
    const warned = offered(deployment, 'server-warning', { cluster: restricted('warn') });
    assert.deepEqual(enforced, [[title, false, ...changed('       ')]]);
    assert.deepEqual(warned, enforced);
  });

  it('takes another user where the image runs as root', () => {
    const [fix, ...others] = fixesOf(pod, 'forbidden', {
      cluster: restricted('enforce'),
      images: { images: { nginx: { user: '0' } } },
    });
    assert.equal(fix?.title, `${title}, and run as the user 1000`);
    assert.ok(linesChanged(pod, fix.text).includes('+     runAsUser: 1000'));
    assert.deepEqual(others, []);
  });

  it('is not offered where something has to go as well', () => {
    const open = pod.replace('spec:\n', 'spec:\n  hostNetwork: true\n');
    assert.deepEqual(offered(open, 'forbidden', { cluster: restricted('enforce') }), []);
  });
});
