import assert from 'node:assert/strict';
import type { ContainerStatus, KubeObject, Pod, PodStatus } from '../../../src/api/object.ts';
import { Simulation } from '../../../src/simulator/index.ts';
import { made } from './described.ts';
import { configMap, folder, fresh } from './runs.ts';
import { lookAt, then } from './shelf.ts';

const pod = (status: PodStatus, spec: object = {}, metadata: object = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default', creationTimestamp: then, ...metadata },
  spec: { containers: [{ name: 'app' }], ...spec },
  status,
});

const container = (state: ContainerStatus['state'], rest: Partial<ContainerStatus> = {}): ContainerStatus => ({
  name: 'app',
  image: '',
  imageID: '',
  ready: false,
  restartCount: 0,
  state,
  ...rest,
});

const running = { running: { startedAt: then } };
const exited = (exitCode: number, reason?: string, signal?: number) => ({
  terminated: { exitCode, ...(reason && { reason }), ...(signal && { signal }), startedAt: then, finishedAt: then },
});

describe('the status of a Pod in a table', () => {
  const isTrue = (type: string) => ({ type, status: 'True' });
  const sidecar = { initContainers: [{ name: 'init', restartPolicy: 'Always' }] };
  const init = { initContainers: [{ name: 'init' }, { name: 'second' }] };
  const rows: [title: string, given: Pod, shown: string][] = [
    ['the phase', pod({ phase: 'Pending' }), '0/1 Pending 0'],
    ['a reason of its own', pod({ phase: 'Failed', reason: 'Evicted' }), '0/1 Evicted 0'],
    [
      'a gate',
      pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] }),
      '0/1 SchedulingGated 0',
    ],
    ['running', pod({ phase: 'Running', containerStatuses: [container(running, { ready: true })] }), '1/1 Running 0'],
    [
      'what a container waits for',
      pod({ phase: 'Pending', containerStatuses: [container({ waiting: { reason: 'ImagePullBackOff' } })] }),
      '0/1 ImagePullBackOff 0',
    ],
    [
      'restarts, and the last one',
      pod({
        phase: 'Running',
        containerStatuses: [
          container({ waiting: { reason: 'CrashLoopBackOff' } }, { restartCount: 2, lastState: exited(1, 'Error') }),
        ],
      }),
      '0/1 CrashLoopBackOff 2 (5m30s ago)',
    ],
    ['an exit code', pod({ phase: 'Failed', containerStatuses: [container(exited(3))] }), '0/1 ExitCode:3 0'],
    ['a signal', pod({ phase: 'Failed', containerStatuses: [container(exited(137, '', 9))] }), '0/1 Signal:9 0'],
    [
      'a container that is done beside one that runs',
      pod({
        phase: 'Running',
        conditions: [isTrue('Ready')],
        containerStatuses: [container(exited(0, 'Completed')), container(running, { ready: true })],
      }),
      '1/1 Running 0',
    ],
    [
      'the same in a Pod that is not ready',
      pod({
        phase: 'Running',
        containerStatuses: [container(exited(0, 'Completed')), container(running, { ready: true })],
      }),
      '1/1 NotReady 0',
    ],
    [
      'deletion',
      pod(
        { phase: 'Running', containerStatuses: [container(running, { ready: true })] },
        {},
        { deletionTimestamp: then },
      ),
      '1/1 Terminating 0',
    ],
    ['deletion of what has ended', pod({ phase: 'Succeeded' }, {}, { deletionTimestamp: then }), '0/1 Succeeded 0'],
    [
      'deletion on a lost node',
      pod({ phase: 'Running', reason: 'NodeLost' }, {}, { deletionTimestamp: then }),
      '0/1 Unknown 0',
    ],
    [
      'the first init container that is not done',
      pod({ phase: 'Pending', initContainerStatuses: [container(exited(0)), container(running)] }, init),
      '0/1 Init:1/2 0',
    ],
    [
      'an init container that fails',
      pod({ phase: 'Pending', initContainerStatuses: [container(exited(1, 'Error'), { restartCount: 1 })] }, init),
      '0/1 Init:Error 1',
    ],
    [
      'an init container that exits without a reason',
      pod({ phase: 'Pending', initContainerStatuses: [container(exited(2))] }, init),
      '0/1 Init:ExitCode:2 0',
    ],
    [
      'an init container that waits',
      pod({ phase: 'Pending', initContainerStatuses: [container({ waiting: { reason: 'ErrImagePull' } })] }, init),
      '0/1 Init:ErrImagePull 0',
    ],
    [
      'a sidecar counts among the containers',
      pod(
        {
          phase: 'Running',
          initContainerStatuses: [container(running, { name: 'init', ready: true, started: true, restartCount: 1 })],
          containerStatuses: [container(running, { ready: true })],
        },
        sidecar,
      ),
      '2/2 Running 1',
    ],
  ];
  for (const [title, given, shown] of rows) {
    it(title, () => {
      const { stdout } = lookAt([given], 'get pods --no-headers');
      assert.equal(stdout.trim().split(/ {2,}/).slice(1, 4).join(' '), shown);
    });
  }

  it('wide', () => {
    const given = pod(
      { phase: 'Running', podIPs: [{ ip: '10.244.0.2' }], conditions: [isTrue('a')], nominatedNodeName: 'other' },
      { nodeName: 'node1', readinessGates: [{ conditionType: 'a' }, { conditionType: 'b' }] },
    );
    const expected =
      'NAME   READY   STATUS    RESTARTS   AGE     IP           NODE    NOMINATED NODE   READINESS GATES\n' +
      'web    0/1     Running   0          5m30s   10.244.0.2   node1   other            1/2\n';
    assert.equal(lookAt([given], 'get pods -o wide').stdout, expected);
  });
});

describe('kubectl get', () => {
  const a = {
    ...made('v1', 'ConfigMap', 'a'),
    metadata: { name: 'a', namespace: 'default', creationTimestamp: then, labels: { x: '1' } },
  };
  const b = { ...made('v1', 'ConfigMap', 'b'), metadata: { name: 'b', namespace: 'other', creationTimestamp: then } };
  const ns = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'other', creationTimestamp: then },
    status: { phase: 'Active' },
  };
  const all: readonly KubeObject[] = [a, b, ns];
  const rows: [command: string, stdout: string, stderr?: string, exitCode?: number][] = [
    ['get cm', 'NAME   DATA   AGE\na      0      5m30s\n'],
    ['get cm -A', 'NAMESPACE   NAME   DATA   AGE\ndefault     a      0      5m30s\nother       b      0      5m30s\n'],
    ['get cm --show-labels', 'NAME   DATA   AGE     LABELS\na      0      5m30s   x=1\n'],
    ['get cm -l x=2', '', 'No resources found in default namespace.\n'],
    ['get cm -n nowhere', '', 'No resources found in nowhere namespace.\n'],
    ['get nodes', '', 'No resources found\n'],
    [
      'get cm,ns',
      'NAME          DATA   AGE\nconfigmap/a   0      5m30s\n\nNAME              STATUS   AGE\nnamespace/other   Active   5m30s\n',
    ],
    [
      'get cm a c',
      'NAME   DATA   AGE\na      0      5m30s\n',
      'Error from server (NotFound): configmaps "c" not found\n',
      1,
    ],
    ['get cm c --ignore-not-found', ''],
    ['get cm -o name', 'configmap/a\n'],
    ['get cm a -o jsonpath={.metadata.labels.x}', '1'],
    [
      'get cm a -o yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  creationTimestamp: "2026-01-01T00:54:30Z"\n  labels:\n    x: "1"\n  name: a\n  namespace: default\n',
    ],
    [
      'get cm -o bogus',
      '',
      `error: unable to match a printer suitable for the output format "bogus", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml\n`,
      1,
    ],
    ['get nope', '', `error: the server doesn't have a resource type "nope"\n`, 1],
    ['get leases', '', 'No resources found in default namespace.\n'],
    ['get cm -o go-template=x', '', 'error: not simulated: -o go-template=x\n', 1],
    ['get cm --watch', '', 'error: not simulated: kubectl get --watch\n', 1],
  ];
  for (const [command, stdout, stderr = '', exitCode = 0] of rows) {
    it(command, () => assert.deepEqual(lookAt(all, command), { exitCode, stdout, stderr }));
  }
});

describe('kubectl get of files', () => {
  const files = folder({
    'a.yaml': configMap('a'),
    'both.yaml': `${configMap('a')}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n`,
    'd/a.yaml': configMap('a'),
    'bad.yaml': 'apiVersion: v1\nkind: Foo\nmetadata:\n  name: a\n',
  });
  const simulation = new Simulation(fresh);
  simulation.kubectl(['apply', '-f', 'both.yaml'], files);
  const unserved =
    'resource mapping not found for name: "a" namespace: "" from "bad.yaml": no matches for kind "Foo" in version "v1"\nensure CRDs are installed first\n';
  const rows: [command: string, stdout: string, stderr?: string][] = [
    ['-f a.yaml', 'NAME   DATA   AGE\na      1      0s\n'],
    [
      '-f both.yaml',
      'NAME          DATA   AGE\nconfigmap/a   1      0s\n\nNAME       TYPE     DATA   AGE\nsecret/s   Opaque   0      0s\n',
    ],
    ['-f a.yaml -o jsonpath={.kind}', 'ConfigMap'],
    ['-f both.yaml -o jsonpath={.kind}', 'List'],
    ['-f d -o jsonpath={.kind}', 'List'],
    ['-f a.yaml -n shop', '', 'Error from server (NotFound): configmaps "a" not found\n'],
    ['-f a.yaml -n nowhere', '', 'Error from server (NotFound): namespaces "nowhere" not found\n'],
    ['cm a -n nowhere', '', 'Error from server (NotFound): namespaces "nowhere" not found\n'],
    ['-f nope.yaml', '', 'error: the path "nope.yaml" does not exist\n'],
    ['-f bad.yaml', '', unserved],
    ['-f bad.yaml -f a.yaml -o name', 'configmap/a\n', unserved],
    [
      '-f a.yaml pods',
      '',
      'error: when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well\n',
    ],
  ];
  for (const [command, stdout, stderr = ''] of rows) {
    it(command, () => {
      const result = simulation.look(['get', ...command.split(' ')], files);
      assert.deepEqual([result.stdout.replace(/\b\d+s\b/g, '0s'), result.stderr], [stdout, stderr]);
    });
  }
});

describe('an object with an empty list that the server always writes', () => {
  it('is printed with null, whether the list was given or not', () => {
    const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: r\n';
    for (const rules of ['rules: []\n', '']) {
      const simulation = new Simulation(fresh);
      const files = folder({ 'r.yaml': role + rules });
      simulation.kubectl(['apply', '-f', 'r.yaml'], files);
      assert.match(simulation.kubectl(['get', 'role', 'r', '-o', 'yaml'], files).output, /\nrules: null\n$/);
      assert.match(simulation.kubectl(['get', 'role', 'r', '-o', 'json'], files).output, /"rules": null\n/);
    }
  });
});
