import assert from 'node:assert/strict';
import type { Node } from '../../../src/api/object.ts';
import { evictionIntervals } from '../../../src/simulator/kube-controller-manager/node-lifecycle/zones.ts';

const nodes = (count: number, status: string, zone = 'a'): Node[] =>
  Array.from({ length: count }, (_, i) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: `${zone}-${status}-${i}`, labels: { 'topology.kubernetes.io/zone': zone } },
    status: { conditions: [{ type: 'Ready', status }] },
  }));

const intervals = (...all: Node[][]) => Object.fromEntries(evictionIntervals(all.flat()));

describe('how fast the nodes of a zone are emptied', () => {
  it('is one in ten seconds', () => {
    assert.deepEqual(intervals(nodes(3, 'True'), nodes(1, 'Unknown')), { ':a': 10_000 });
  });

  it('is not at all while nothing is ready anywhere', () => {
    assert.deepEqual(intervals(nodes(2, 'Unknown'), nodes(1, 'False', 'b')), { ':a': Infinity, ':b': Infinity });
  });

  it('is as ever for a zone that is wholly lost while another is not', () => {
    assert.deepEqual(intervals(nodes(3, 'Unknown'), nodes(1, 'True', 'b')), { ':a': 10_000, ':b': 10_000 });
  });

  it('is none in a small zone of which more than half is lost, and a tenth in a large one', () => {
    assert.deepEqual(intervals(nodes(2, 'True'), nodes(3, 'Unknown')), { ':a': Infinity });
    assert.deepEqual(intervals(nodes(20, 'True'), nodes(40, 'Unknown')), { ':a': 100_000 });
  });

  it('does not count nodes that are to be left out', () => {
    const [lost] = nodes(1, 'Unknown');
    const labels = { ...lost?.metadata.labels, 'node.kubernetes.io/exclude-disruption': '' };
    const excluded = lost ? [{ ...lost, metadata: { ...lost.metadata, labels } }] : [];
    assert.deepEqual(intervals(excluded, nodes(1, 'True', 'b')), { ':b': 10_000 });
  });
});
