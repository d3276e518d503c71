// The tables of the kinds, as the server's printers make them.
import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/api/object.ts';
import { made } from './described.ts';
import { lookAt, then } from './shelf.ts';

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
      'rc -o wide',
      made('v1', 'ReplicationController', 'web', {
        spec: { replicas: 3, selector: { app: 'web' }, template },
        status: { replicas: 2, readyReplicas: 1 },
      }),
      'NAME   DESIRED   CURRENT   READY   AGE     CONTAINERS   IMAGES   SELECTOR\nweb    3         2         1       5m30s   app          nginx    app=web\n',
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
    [
      'ingress',
      made('networking.k8s.io/v1', 'Ingress', 'one', {
        spec: { ingressClassName: 'nginx', tls: [{}], rules: ['a', 'b', 'c', 'd'].map((host) => ({ host })) },
        status: { loadBalancer: { ingress: [{ ip: '10.0.0.2' }, { hostname: 'lb' }, { ip: '10.0.0.1' }] } },
      }),
      'NAME   CLASS   HOSTS               ADDRESS                PORTS     AGE\n' +
        'one    nginx   a,b,c + 1 more...   10.0.0.1,10.0.0.2,lb   80, 443   5m30s\n',
    ],
    [
      'ing',
      made('networking.k8s.io/v1', 'Ingress', 'two', { spec: { rules: [{}] } }),
      'NAME   CLASS    HOSTS   ADDRESS   PORTS   AGE\ntwo    <none>   *                 80      5m30s\n',
    ],
    [
      'ingressclass',
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'IngressClass',
        metadata: {
          name: 'nginx',
          creationTimestamp: then,
          annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
        },
        spec: {
          controller: 'example.com/ingress',
          parameters: { apiGroup: 'k8s.example.com', kind: 'P', name: 'x' },
        },
      } as KubeObject,
      'NAME              CONTROLLER            PARAMETERS            AGE\n' +
        'nginx (default)   example.com/ingress   P.k8s.example.com/x   5m30s\n',
    ],
    [
      'netpol',
      made('networking.k8s.io/v1', 'NetworkPolicy', 'all', { spec: { podSelector: {} } }),
      'NAME   POD-SELECTOR   AGE\nall    <none>         5m30s\n',
    ],
    [
      'pdb',
      made('policy/v1', 'PodDisruptionBudget', 'web', {
        spec: { maxUnavailable: '50%' },
        status: { disruptionsAllowed: 2 },
      }),
      'NAME   MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE\n' +
        'web    N/A             50%               2                     5m30s\n',
    ],
    [
      'priorityclass',
      {
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: { name: 'p', creationTimestamp: then },
        value: 7,
        preemptionPolicy: 'Never',
      } as KubeObject,
      'NAME   VALUE   GLOBAL-DEFAULT   AGE     PREEMPTIONPOLICY\np      7       false            5m30s   Never\n',
    ],
    ['sa', made('v1', 'ServiceAccount', 'default'), 'NAME      AGE\ndefault   5m30s\n'],
    ['limits', made('v1', 'LimitRange', 'lr'), `NAME   CREATED AT\nlr     ${then}\n`],
    [
      'rolebinding -o wide',
      made('rbac.authorization.k8s.io/v1', 'RoleBinding', 'rb', {
        roleRef: { kind: 'Role', name: 'r' },
        subjects: [
          { kind: 'User', name: 'jane' },
          { kind: 'Group', name: 'g' },
          { kind: 'ServiceAccount', name: 'default', namespace: 'shop' },
          { kind: 'User', name: 'joe' },
        ],
      }),
      'NAME   ROLE     AGE     USERS       GROUPS   SERVICEACCOUNTS\n' +
        'rb     Role/r   5m30s   jane, joe   g        shop/default\n',
    ],
  ];
  for (const [resource, object, table] of rows) {
    it(resource, () => assert.equal(lookAt([object], `get ${resource}`).stdout, table));
  }
});
