import assert from 'node:assert/strict';
import { applyText, found, nodeText } from '../../support/apply.ts';

const ids = ['unschedulable', 'scheduling-gated'];
const pod = (spec = '') => `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - name: app
    image: nginx
${spec}`;
const tainted =
  nodeText('db-1', { taint: 'dedicated=db:NoSchedule' }) + nodeText('db-2', { taint: 'dedicated=db:NoSchedule' });

describe('a Pod that gets no node', () => {
  const rows: [what: string, text: string, cluster: string, at: string, explanation: RegExp][] = [
    [
      'a taint, on spec where there are no tolerations',
      pod(),
      tainted,
      'spec',
      /Nodes db-1 and db-2 have the taint dedicated=db:NoSchedule: the Pod does not tolerate it/,
    ],
    [
      'a taint, on the tolerations',
      pod('  tolerations: [{key: other, operator: Exists}]\n'),
      tainted,
      'tolerations',
      /dedicated=db:NoSchedule/,
    ],
    [
      'a taint of the only node that is large enough',
      pod('  tolerations: [{key: other, operator: Exists}]\n').replace(
        'nginx\n',
        'nginx\n    resources: {requests: {cpu: 3}}\n',
      ),
      nodeText('a') + nodeText('b') + nodeText('big', { taint: 'dedicated=db:NoSchedule', cpu: '4' }),
      'tolerations',
      /^Node big has the taint dedicated=db:NoSchedule: .* Not enough cpu is free/,
    ],
    [
      'a taint of the only node that is selected, though it lacks something, too',
      pod('  nodeSelector: {disk: ssd}\n  tolerations: [{key: other, operator: Exists}]\n').replace(
        'nginx\n',
        'nginx\n    resources: {requests: {cpu: 3}}\n',
      ),
      nodeText('a') + nodeText('b') + nodeText('c', { taint: 'dedicated=db:NoSchedule', labels: 'disk: ssd' }),
      'tolerations',
      /^Node c has the taint .* a and b have no label disk\. c, a and b also lack 1 of cpu/,
    ],
    [
      'a label that no node has',
      pod('  nodeSelector: {disktype: ssd}\n'),
      nodeText('a'),
      'ssd',
      /No node has the label disktype=ssd/,
    ],
    [
      'a label with another value',
      pod('  nodeSelector: {disk: sdd}\n'),
      nodeText('a', { labels: 'disk: ssd' }),
      'sdd',
      /every node has disk=ssd, did you mean ssd\?/,
    ],
    [
      'labels that no node has together',
      pod('  nodeSelector: {x: "1", y: "2"}\n'),
      nodeText('a', { labels: 'x: "1"' }) + nodeText('b', { labels: 'y: "2"' }),
      'nodeSelector',
      /do not have all the labels/,
    ],
    [
      'a request that fits nowhere',
      pod().replace('nginx\n', 'nginx\n    resources: {requests: {cpu: 8}}\n'),
      nodeText('a') + nodeText('b'),
      '8',
      /Not enough cpu is free for the request of 8 \(a has 2 in all, b has 2 in all\)/,
    ],
    [
      'a cluster without nodes',
      pod(),
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n',
      'spec',
      /has no nodes/,
    ],
    [
      'a cordoned node',
      pod(),
      nodeText('a').replace('spec: {}', 'spec: {unschedulable: true}'),
      'spec',
      /Node a is cordoned: run kubectl uncordon/,
    ],
  ];
  for (const [what, text, cluster, at, explanation] of rows) {
    it(`because of ${what}`, () => {
      const [row, ...others] = found(text, ids, { cluster });
      assert.deepEqual(row?.slice(0, 3), ['error', 'unschedulable', at]);
      assert.match(row?.[3] ?? '', explanation);
      assert.deepEqual(others, []);
    });
  }

  it('because of an affinity that no node meets', () => {
    const expression = '{key: zone, operator: In, values: [north]}';
    const affinity = `  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [${expression}]}]}}}\n`;
    const [row] = found(pod(affinity), ids, { cluster: nodeText('a', { labels: 'zone: south' }) });
    assert.equal(row?.[2], expression);
    assert.match(row?.[3] ?? '', /No node meets zone In north/);
  });

  it('says first what alone would have to change, and leaves the control plane out', () => {
    const control = nodeText('cp', { taint: 'node-role.kubernetes.io/control-plane=x:NoSchedule' });
    const [row] = found(pod('  nodeSelector: {disktype: ssd}\n'), ids, { cluster: control + nodeText('a') });
    assert.equal(row?.[2], 'ssd');
    assert.doesNotMatch(row?.[3] ?? '', /control-plane/);
  });

  it('speaks of a Pod of a DaemonSet only on the node that it is made for', () => {
    const text = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: a, image: b, resources: {requests: {cpu: 3}}}]}
`;
    const [row] = found(text, ids, { cluster: nodeText('a') + nodeText('b', { cpu: '4' }) });
    assert.equal(
      row?.[3],
      'Not enough cpu is free for the request of 3 (a has 2 in all): ask for less, or add a node. Only 1 of 2 Pods fits (b).',
    );
  });

  it('has the scheduler’s own sentence, and the nodes as related places', () => {
    const [finding] = applyText(pod(), { cluster: tainted }).findings;
    assert.match(finding?.message ?? '', /^0\/2 nodes are available: 2 node\(s\) had untolerated taint\(s\)\./);
    assert.deepEqual(
      finding?.related.map(({ object, path, note }) => [object.name, path, note]),
      [
        ['db-1', 'spec.taints[0]', 'db-1 has the taint dedicated=db:NoSchedule'],
        ['db-2', 'spec.taints[0]', 'db-2 has the taint dedicated=db:NoSchedule'],
      ],
    );
  });

  it('is told once for all the Pods of a Deployment, at its template', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: nginx, ports: [{containerPort: 80, hostPort: 8080}]}]}
`;
    const [row, ...others] = found(text, ids, { cluster: nodeText('a') });
    assert.deepEqual([row?.slice(0, 3), others], [['error', 'unschedulable', '8080'], []]);
    assert.match(
      row?.[3] ?? '',
      /^Host port 8080 is taken on node a by Pod default\/web-\S+: .* Only 1 of 3 Pods fits \(a\)\.$/,
    );
    const [finding] = applyText(text, { cluster: nodeText('a') }).findings;
    assert.equal(finding?.subject.kind, 'Deployment');
  });

  it('says what the scheduler does not come to', () => {
    const text = pod().replace('nginx\n', 'nginx\n    resources: {requests: {cpu: 3}}\n');
    const [row] = found(text, ids, { cluster: tainted });
    assert.match(row?.[3] ?? '', / db-1 and db-2 also lack 1 of cpu\.$/);
  });

  it('is a warning while scheduling gates hold it back', () => {
    const [row] = found(pod('  schedulingGates: [{name: example.com/wait}]\n'), ids);
    assert.deepEqual(row?.slice(0, 3), ['warning', 'scheduling-gated', 'schedulingGates']);
    assert.match(row?.[3] ?? '', /example\.com\/wait/);
  });

  it('waits for a ResourceClaim that is not there, and not for gates', () => {
    const cluster = nodeText('a');
    const text = pod('  resourceClaims: [{name: gpu, resourceClaimName: my-gpu}]\n');
    const [row] = found(text, ids, { cluster });
    assert.deepEqual(row?.slice(0, 3), ['warning', 'scheduling-gated', 'my-gpu']);
    assert.match(row?.[3] ?? '', /until there is a ResourceClaim my-gpu: create it, or correct the name\.$/);
    assert.match(
      applyText(text, { cluster }).findings[0]?.message ?? '',
      /could not find ResourceClaim "default\/my-gpu"/,
    );
  });

  it('leads with what every node lacks, not with the taint of some', () => {
    const text = pod().replace('nginx\n', 'nginx\n    resources: {requests: {cpu: 3}}\n');
    const control = nodeText('cp', { taint: 'node-role.kubernetes.io/control-plane=x:NoSchedule' });
    const [row] = found(text, ids, { cluster: control + nodeText('a') + nodeText('b', { taint: 'k=v:NoSchedule' }) });
    assert.equal(row?.[2], '3');
    assert.match(
      row?.[3] ?? '',
      /^Not enough cpu is free .*: ask for less, or add a node\. Node b has the taint k=v:NoSchedule, not tolerated\. b also lacks 1 of cpu\.$/,
    );
  });

  it('points at the claim template of a StatefulSet, and counts the Pods that are not made yet', () => {
    const text = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 3
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: pg}]}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], storageClassName: fast, resources: {requests: {storage: 1Gi}}}
`;
    const volume = `---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: kubernetes.io/no-provisioner
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv}
spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, storageClassName: fast, hostPath: {path: /d}}
`;
    const cluster = nodeText('a') + volume;
    const finding = applyText(text, { cluster }).findings.find(({ id }) => id === 'unschedulable');
    assert.equal(finding?.field.path, 'spec.volumeClaimTemplates[0]');
    assert.match(
      finding?.explanation ?? '',
      /Only 1 of 2 Pods fits \(a\); 1 more is made only when this one is ready\.$/,
    );
  });

  it('is nothing to tell where the Pod tolerates the taint', () => {
    const toleration = '  tolerations: [{key: dedicated, operator: Equal, value: db, effect: NoSchedule}]\n';
    assert.deepEqual(found(pod(toleration), ids, { cluster: tainted }), []);
  });

  it('leads with the node that has the labels, however many have not', () => {
    const others = nodeText('b') + nodeText('c');
    const gpu = nodeText('gpu', { labels: 'gpu: l4', taint: 'dedicated=gpu:NoSchedule' });
    const [row] = found(pod('  nodeSelector: {gpu: l4}\n'), ids, { cluster: others + gpu });
    assert.equal(
      row?.[3],
      'Node gpu has the taint dedicated=gpu:NoSchedule: the Pod does not tolerate it. Add a toleration, or remove the taint. b and c have no label gpu.',
    );
  });
});
