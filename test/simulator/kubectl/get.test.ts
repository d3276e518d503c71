import assert from 'node:assert/strict';
import type { ContainerStatus, KubeObject, Pod, PodStatus } from '../../../src/api/object.ts';
import { lookAt, then } from './shelf.ts';

const made = (apiVersion: string, kind: string, name: string, rest: object = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'default', creationTimestamp: then },
  ...rest,
});

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

describe('tables', () => {
  const template = { spec: { containers: [{ name: 'app', image: 'nginx' }] } };
  const selector = { matchLabels: { app: 'web' } };
  const rows: [resource: string, object: KubeObject, table: string][] = [
    [
      'nodes -o wide',
      {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name: 'cp',
          creationTimestamp: then,
          labels: { 'node-role.kubernetes.io/control-plane': '', 'kubernetes.io/role': 'x' },
        },
        spec: { unschedulable: true },
        status: {
          conditions: [{ type: 'Ready', status: 'Unknown' }],
          addresses: [{ type: 'InternalIP', address: '1.2.3.4' }],
          nodeInfo: { kubeletVersion: 'v1.36.3', osImage: 'Linux' },
        },
      } as KubeObject,
      'NAME   STATUS                        ROLES             AGE     VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE   KERNEL-VERSION   CONTAINER-RUNTIME\n' +
        'cp     NotReady,SchedulingDisabled   control-plane,x   5m30s   v1.36.3   1.2.3.4       <none>        Linux      <unknown>        <unknown>\n',
    ],
    [
      'svc',
      made('v1', 'Service', 'web', {
        spec: {
          type: 'NodePort',
          clusterIPs: ['10.96.0.5'],
          ports: [
            { port: 80, nodePort: 30080 },
            { port: 53, protocol: 'UDP' },
          ],
        },
      }),
      'NAME   TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)               AGE\nweb    NodePort   10.96.0.5    <none>        80:30080/TCP,53/UDP   5m30s\n',
    ],
    [
      'svc',
      made('v1', 'Service', 'lb', { spec: { type: 'LoadBalancer', clusterIPs: ['10.96.0.5'] } }),
      'NAME   TYPE           CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\nlb     LoadBalancer   10.96.0.5    <pending>     <none>    5m30s\n',
    ],
    [
      'svc',
      made('v1', 'Service', 'ext', { spec: { type: 'ExternalName', externalName: 'example.com' } }),
      'NAME   TYPE           CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\next    ExternalName   <none>       example.com   <none>    5m30s\n',
    ],
    [
      'deploy -o wide',
      made('apps/v1', 'Deployment', 'web', { spec: { replicas: 2, selector, template }, status: { readyReplicas: 1 } }),
      'NAME   READY   UP-TO-DATE   AVAILABLE   AGE     CONTAINERS   IMAGES   SELECTOR\nweb    1/2     0            0           5m30s   app          nginx    app=web\n',
    ],
    [
      'sts',
      made('apps/v1', 'StatefulSet', 'db', { spec: { replicas: 3 } }),
      'NAME   READY   AGE\ndb     0/3     5m30s\n',
    ],
    [
      'ds',
      made('apps/v1', 'DaemonSet', 'log', {
        spec: { template: { spec: { containers: [], nodeSelector: { a: 'b' } } } },
      }),
      'NAME   DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE\nlog    0         0         0       0            0           a=b             5m30s\n',
    ],
    [
      'job',
      made('batch/v1', 'Job', 'once', {
        spec: { parallelism: 3 },
        status: {
          succeeded: 1,
          startTime: then,
          completionTime: '2026-01-01T00:55:00Z',
          conditions: [{ type: 'Complete', status: 'True' }],
        },
      }),
      'NAME   STATUS     COMPLETIONS   DURATION   AGE\nonce   Complete   1/1 of 3      30s        5m30s\n',
    ],
    [
      'cronjob',
      made('batch/v1', 'CronJob', 'c', {
        spec: { schedule: '* * * * *', suspend: false, timeZone: 'UTC', jobTemplate: {} },
      }),
      'NAME   SCHEDULE    TIMEZONE   SUSPEND   ACTIVE   LAST SCHEDULE   AGE\nc      * * * * *   UTC        False     0        <none>          5m30s\n',
    ],
    [
      'endpointslices',
      made('discovery.k8s.io/v1', 'EndpointSlice', 'web', {
        addressType: 'IPv4',
        ports: [{ port: 80 }, { name: 'x' }],
        endpoints: [1, 2, 3, 4].map((i) => ({ addresses: [`10.0.0.${i}`] })),
      }),
      'NAME   ADDRESSTYPE   PORTS   ENDPOINTS                                AGE\nweb    IPv4          80,x    10.0.0.1,10.0.0.2,10.0.0.3 + 1 more...   5m30s\n',
    ],
    [
      'endpoints',
      made('v1', 'Endpoints', 'web', {
        subsets: [{ addresses: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }], ports: [{ port: 80 }] }],
      }),
      'NAME   ENDPOINTS                  AGE\nweb    10.0.0.1:80,[fd00::1]:80   5m30s\n',
    ],
    [
      'events -o wide',
      made('v1', 'Event', 'web.1', {
        type: 'Warning',
        reason: 'BackOff',
        message: ' a\nb ',
        count: 3,
        firstTimestamp: then,
        lastTimestamp: '2026-01-01T00:59:00Z',
        involvedObject: { kind: 'Pod', name: 'web', fieldPath: 'spec.containers{app}' },
        source: { component: 'kubelet', host: 'node1' },
      }),
      'LAST SEEN   TYPE      REASON    OBJECT    SUBOBJECT              SOURCE           MESSAGE   FIRST SEEN   COUNT   NAME\n' +
        '60s         Warning   BackOff   pod/web   spec.containers{app}   kubelet, node1   a...      5m30s        3       web.1\n',
    ],
    [
      'pvc',
      made('v1', 'PersistentVolumeClaim', 'data', {
        spec: { volumeName: 'disk', storageClassName: 'fast' },
        status: { phase: 'Bound', capacity: { storage: '1024Mi' }, accessModes: ['ReadWriteOnce'] },
      }),
      'NAME   STATUS   VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS   AGE\ndata   Bound    disk     1Gi        RWO            fast           <unset>                 5m30s\n',
    ],
    [
      'pv',
      {
        ...made('v1', 'PersistentVolume', 'disk', {
          spec: {
            capacity: { storage: '1Gi' },
            accessModes: ['ReadWriteMany', 'ReadWriteOnce'],
            persistentVolumeReclaimPolicy: 'Retain',
            claimRef: { namespace: 'default', name: 'data' },
          },
          status: { phase: 'Bound' },
        }),
        metadata: { name: 'disk', creationTimestamp: then },
      },
      'NAME   CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS   CLAIM          STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON   AGE\n' +
        'disk   1Gi        RWO,RWX        Retain           Bound    default/data                  <unset>                          5m30s\n',
    ],
    [
      'storageclass',
      {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: {
          name: 'fast',
          creationTimestamp: then,
          annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
        },
        provisioner: 'csi.example.com',
      } as KubeObject,
      'NAME             PROVISIONER       RECLAIMPOLICY   VOLUMEBINDINGMODE   ALLOWVOLUMEEXPANSION   AGE\nfast (default)   csi.example.com   Delete          <unset>             false                  5m30s\n',
    ],
    ['cm', made('v1', 'ConfigMap', 'a', { data: { a: '1', b: '2' } }), 'NAME   DATA   AGE\na      2      5m30s\n'],
    [
      'secret',
      made('v1', 'Secret', 'a', { type: 'Opaque', data: { a: '' } }),
      'NAME   TYPE     DATA   AGE\na      Opaque   1      5m30s\n',
    ],
    [
      'quota',
      made('v1', 'ResourceQuota', 'q', {
        spec: { hard: { pods: '2', 'limits.cpu': '1' } },
        status: { hard: { pods: '2', 'limits.cpu': '1' }, used: { pods: '1' } },
      }),
      'NAME   REQUEST     LIMIT             AGE\nq      pods: 1/2   limits.cpu: 0/1   5m30s\n',
    ],
    [
      'hpa',
      made('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
        spec: {
          scaleTargetRef: { kind: 'Deployment', name: 'web' },
          maxReplicas: 5,
          metrics: [
            { type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 50 } } },
            { type: 'Resource', resource: { name: 'memory', target: { averageValue: '1Gi' } } },
            { type: 'Pods', pods: { metric: { name: 'x' }, target: { averageValue: '1' } } },
          ],
        },
        status: {
          currentMetrics: [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 20 } } }],
        },
      }),
      'NAME   REFERENCE        TARGETS                                           MINPODS   MAXPODS   REPLICAS   AGE\n' +
        'web    Deployment/web   cpu: 20%/50%, memory: <unknown>/1Gi + 1 more...   <unset>   5         0          5m30s\n',
    ],
  ];
  for (const [resource, object, table] of rows) {
    it(resource, () => assert.equal(lookAt([object], `get ${resource}`).stdout, table));
  }
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
