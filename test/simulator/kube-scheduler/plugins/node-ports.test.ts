import { deepEqual, equal } from 'node:assert/strict';
import type { ContainerPort } from '../../../../src/api/object.ts';
import { nodePorts } from '../../../../src/simulator/kube-scheduler/plugins/node-ports.ts';
import { askFilter, isWokenBy, makeNode, makePod } from '../cluster.ts';

const withPort = (name: string, port: Partial<ContainerPort>, on?: string) =>
  makePod(name, {
    ...(on && { on }),
    containers: [{ name: 'app', ports: [{ containerPort: 80, hostPort: 8080, ...port }] }],
  });

describe('NodePorts', () => {
  it('has nothing to do with a Pod without host ports', () => {
    deepEqual(askFilter(nodePorts, [makeNode('a')], makePod('x')), ['Skip']);
  });

  const rows: [string, Partial<ContainerPort>, Partial<ContainerPort>, boolean][] = [
    ['the same port', {}, {}, false],
    ['another port', {}, { hostPort: 9090 }, true],
    ['another protocol', {}, { protocol: 'UDP' }, true],
    ['TCP, said and unsaid', { protocol: 'TCP' }, {}, false],
    ['one address and all of them', { hostIP: '10.0.0.1' }, {}, false],
    ['all of them, written out, and one address', { hostIP: '0.0.0.0' }, { hostIP: '10.0.0.1' }, false],
    ['two addresses', { hostIP: '10.0.0.1' }, { hostIP: '10.0.0.2' }, true],
    ['an IPv6 wildcard, which is an address like any other', { hostIP: '::' }, { hostIP: '10.0.0.1' }, true],
  ];
  for (const [what, taken, wanted, fits] of rows) {
    it(`${what}: ${fits ? 'fits' : 'does not fit'}`, () => {
      const cluster = [makeNode('a'), withPort('old', taken, 'a')];
      deepEqual(askFilter(nodePorts, cluster, withPort('x', wanted)), [
        fits ? 'a: fits' : "a: U node(s) didn't have free ports for the requested pod ports",
      ]);
    });
  }

  it('counts the ports of sidecars, not of other init containers', () => {
    const ports = [{ containerPort: 80, hostPort: 8080 }];
    const initOf = (restartPolicy?: string) =>
      makePod('old', { on: 'a', initContainers: [{ name: 'init', ports, ...(restartPolicy && { restartPolicy }) }] });
    const pod = makePod('x', { hostPorts: [8080] });
    deepEqual(askFilter(nodePorts, [makeNode('a'), initOf()], pod), ['a: fits']);
    equal(askFilter(nodePorts, [makeNode('a'), initOf('Always')], pod)[0]?.startsWith('a: U '), true);
  });

  it('wakes a Pod when a Pod with its port is gone', () => {
    const pod = makePod('x', { hostPorts: [8080] });
    const gone = (before: ReturnType<typeof makePod>) =>
      ({ resource: 'AssignedPod', action: 'Delete', before }) as const;
    equal(isWokenBy(nodePorts, pod, gone(makePod('y', { on: 'a', hostPorts: [8080] }))), true);
    equal(isWokenBy(nodePorts, pod, gone(makePod('y', { on: 'a', hostPorts: [80] }))), false);
    equal(isWokenBy(nodePorts, pod, gone(makePod('y', { hostPorts: [8080] }))), false);
  });
});
