import assert from 'node:assert/strict';
import type { Node, PodSpec } from '../../../src/api/object.ts';
import { admit } from '../../../src/simulator/kubelet/admission.ts';
import { makeContainer, makeNode, makePod } from './pod-fixture.ts';

const wants = (requests: Record<string, string>): Partial<PodSpec> => ({
  containers: [makeContainer({ resources: { requests } })],
});
const port = (hostPort: number, fields: { hostIP?: string; protocol?: string } = {}): Partial<PodSpec> => ({
  containers: [makeContainer({ ports: [{ containerPort: 80, hostPort, ...fields }] })],
});
const affinity = (key: string, operator: string, values: string[]): Partial<PodSpec> => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key, operator, values }] }],
      },
    },
  },
});
const tainted = (effect: string): Node => makeNode('node1', { spec: { taints: [{ key: 'a', value: 'b', effect }] } });

const noAffinity = "NodeAffinity: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector";
const noPorts = "NodePorts: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports";

describe('admission on the node', () => {
  const rows: [what: string, spec: Partial<PodSpec>, node: Node, others: Partial<PodSpec>[], expected: string][] = [
    ['a plain Pod', {}, makeNode(), [], ''],
    [
      'too much CPU',
      wants({ cpu: '8' }),
      makeNode(),
      [],
      "OutOfcpu: Node didn't have enough resource: cpu, requested: 8000, used: 0, capacity: 2000",
    ],
    [
      'too much memory beside another Pod',
      wants({ memory: '3Gi' }),
      makeNode(),
      [wants({ memory: '2Gi' })],
      "OutOfmemory: Node didn't have enough resource: memory, requested: 3221225472, used: 2147483648, capacity: 4294967296",
    ],
    ['an extended resource that the node does not know', wants({ 'example.com/gpu': '1' }), makeNode(), [], ''],
    ['a selector that does not match', { nodeSelector: { disk: 'ssd' } }, makeNode(), [], noAffinity],
    ['an affinity that does not match', affinity('zone', 'In', ['a']), makeNode(), [], noAffinity],
    ['an affinity that matches', affinity('kubernetes.io/hostname', 'In', ['node1']), makeNode(), [], ''],
    ['a port that is taken', port(80), makeNode(), [port(80)], noPorts],
    [
      'a port that is taken on another address',
      port(80, { hostIP: '1.2.3.4' }),
      makeNode(),
      [port(80, { hostIP: '1.2.3.5' })],
      '',
    ],
    ['a port that is taken for another protocol', port(80, { protocol: 'UDP' }), makeNode(), [port(80)], ''],
    ['a NoSchedule taint', {}, tainted('NoSchedule'), [], ''],
    [
      'a NoExecute taint',
      {},
      tainted('NoExecute'),
      [],
      "TaintToleration: Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate",
    ],
    ['a NoExecute taint that is tolerated', { tolerations: [{ operator: 'Exists' }] }, tainted('NoExecute'), [], ''],
  ];
  for (const [what, spec, node, others, expected] of rows) {
    it(`${what}: ${expected || 'taken'}`, () => {
      const rejection = admit(
        makePod(spec),
        node,
        others.map((other, i) => makePod(other, `other${i}`)),
      );
      assert.equal(rejection ? `${rejection.reason}: ${rejection.message}` : '', expected);
    });
  }

  it('takes no more Pods than the node has room for', () => {
    const node = makeNode('node1', { status: { allocatable: { pods: '1' } } });
    const message = "Node didn't have enough resource: pods, requested: 1, used: 1, capacity: 1";
    assert.deepEqual(admit(makePod(), node, [makePod({}, 'other')]), { reason: 'OutOfpods', message });
  });
});
