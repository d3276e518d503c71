import assert from 'node:assert/strict';
import { makeNode, makePod } from '../cluster.ts';
import { blamed } from '../blame.ts';

const port = (hostPort: number) => ({ containerPort: 80, hostPort });

describe('blame for ports of nodes', () => {
  it('falls on the port, and on who has it', () => {
    const other = makePod('other', { on: 'a', hostPorts: [1, 8080] });
    const containers = [{ name: 'x' }, { name: 'y', ports: [port(2), port(8080)] }];
    assert.deepEqual(blamed([makeNode('a'), other], makePod('p', { containers }), 'NodePorts'), [
      'a has host port 8080 taken by Pod default/other | spec.containers[1].ports[1].hostPort | Pod other spec.containers[0].ports[1].hostPort',
    ]);
  });

  it('finds the port of a sidecar', () => {
    const other = makePod('other', { on: 'a', hostPorts: [8080] });
    const initContainers = [{ name: 'side', restartPolicy: 'Always', ports: [port(8080)] }];
    assert.match(
      blamed([makeNode('a'), other], makePod('p', { initContainers }), 'NodePorts')[0] ?? '',
      /spec\.initContainers\[0\]\.ports\[0\]/,
    );
  });
});
