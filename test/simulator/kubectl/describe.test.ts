import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/api/object.ts';
import { controlledBy, described, made, part, template } from './described.ts';
import { then } from './shelf.ts';

describe('kubectl describe', () => {
  const selector = { matchLabels: { app: 'web' } };
  const deployment = made('apps/v1', 'Deployment', 'web', {
    spec: {
      replicas: 2,
      selector,
      template,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
    },
    status: { conditions: [{ type: 'Available', status: 'True', reason: 'Good' }] },
  });
  const hashed = (hash: string, image: string) => ({
    ...template,
    metadata: { ...template.metadata, labels: { app: 'web', 'pod-template-hash': hash } },
    spec: { ...template.spec, containers: [{ name: 'app', image }] },
  });
  const replicaSet = (hash: string, image: string, replicas: number) =>
    made(
      'apps/v1',
      'ReplicaSet',
      `web-${hash}`,
      { spec: { replicas, selector, template: hashed(hash, image) }, status: { replicas } },
      { labels: { app: 'web' }, ...controlledBy('Deployment', 'web') },
    );
  const sets = [replicaSet('a', 'nginx:old', 0), replicaSet('b', 'nginx', 2)];

  it('deployment', () => {
    assert.equal(
      described([deployment, ...sets], 'deploy web'),
      `Name:                   web
Namespace:              default
CreationTimestamp:      Thu, 01 Jan 2026 00:54:30 +0000
Labels:                 <none>
Annotations:            <none>
Selector:               app=web
Replicas:               2 desired | 0 updated | 0 total | 0 available | 0 unavailable
StrategyType:           RollingUpdate
MinReadySeconds:        0
RollingUpdateStrategy:  0 max unavailable, 25% max surge
Pod Template:
  Labels:           app=web
  Annotations:      note: x
  Service Account:  robot
  Containers:
   app:
    Image:         nginx
    Port:          <none>
    Host Port:     <none>
    Environment:   <none>
    Mounts:        <none>
  Volumes:         <none>
  Node-Selectors:  <none>
  Tolerations:     <none>
Conditions:
  Type           Status  Reason
  ----           ------  ------
  Available      True    Good
OldReplicaSets:  web-a (0/0 replicas created)
NewReplicaSet:   web-b (2/2 replicas created)
Events:          <none>
`,
    );
  });

  it('replicationcontroller, by what its labels select', () => {
    const controller = made('v1', 'ReplicationController', 'web', {
      spec: { replicas: 1, selector: { app: 'web' }, template },
      status: { replicas: 1 },
    });
    const pod = made(
      'v1',
      'Pod',
      'a',
      { status: { phase: 'Running' } },
      { labels: { app: 'web' }, ...controlledBy('ReplicationController', 'web') },
    );
    const text = described([controller, pod], 'rc web');
    assert.match(text, /^Selector: {5}app=web$/m);
    assert.match(text, /^Replicas: {5}1 current \/ 1 desired\nPods Status: {2}1 Running \/ 0 Waiting/m);
  });

  it('replicaset, with how its Pods are doing', () => {
    const own = (name: string, phase: string) =>
      made(
        'v1',
        'Pod',
        name,
        { status: { phase } },
        { labels: { app: 'web' }, ...controlledBy('ReplicaSet', 'web-b') },
      );
    const text = described(
      [...sets, own('a', 'Running'), own('b', 'Pending'), made('v1', 'Pod', 'c', {}, { labels: { app: 'web' } })],
      'rs web-b',
    );
    assert.equal(
      part(text, 'Controlled By', 'Pod Template'),
      'Controlled By:  Deployment/web\nReplicas:       2 current / 2 desired\nPods Status:    1 Running / 1 Waiting / 0 Succeeded / 0 Failed',
    );
  });

  it('service, with its ready endpoints', () => {
    const service = made('v1', 'Service', 'web', {
      spec: {
        type: 'NodePort',
        clusterIP: '10.96.0.5',
        clusterIPs: ['10.96.0.5'],
        selector: { app: 'web' },
        externalIPs: ['1.2.3.4'],
        ports: [{ name: 'http', port: 80, targetPort: 'web', nodePort: 30080, protocol: 'TCP' }],
        sessionAffinity: 'None',
        externalTrafficPolicy: 'Cluster',
      },
      status: { loadBalancer: { ingress: [{ ip: '5.6.7.8', ipMode: 'VIP' }, { hostname: 'lb' }] } },
    });
    const slice = (ready: boolean, ...addresses: string[]) =>
      made(
        'discovery.k8s.io/v1',
        'EndpointSlice',
        `web-${addresses[0]}`,
        {
          ports: [{ name: 'http', port: 8080 }],
          endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready } })),
        },
        { labels: { 'kubernetes.io/service-name': 'web' } },
      );
    assert.equal(
      described([service, slice(true, '10.0.0.1', '10.0.0.2', '10.0.0.3'), slice(false, '10.0.0.4')], 'svc web'),
      `Name:                     web
Namespace:                default
Labels:                   <none>
Annotations:              <none>
Selector:                 app=web
Type:                     NodePort
IP Families:              <none>
IP:                       10.96.0.5
IPs:                      10.96.0.5
External IPs:             1.2.3.4
LoadBalancer Ingress:     5.6.7.8 (VIP), lb
Port:                     http  80/TCP
TargetPort:               web/TCP
NodePort:                 http  30080/TCP
Endpoints:                10.0.0.1:8080,10.0.0.2:8080,10.0.0.3:8080 + 0 more...
Session Affinity:         None
External Traffic Policy:  Cluster
Events:                   <none>
`,
    );
  });

  it('node, with what its Pods request', () => {
    const node: KubeObject = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node1', uid: 'uid-node1', creationTimestamp: then },
      spec: {
        taints: [
          { key: 'b', effect: 'NoSchedule' },
          { key: 'a', value: 'x', effect: 'NoExecute' },
        ],
      },
      status: {
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            reason: 'KubeletReady',
            message: 'fine',
            lastHeartbeatTime: then,
            lastTransitionTime: then,
          },
        ],
        addresses: [{ type: 'InternalIP', address: '1.2.3.4' }],
        capacity: { cpu: '2', memory: '4Gi', 'example.com/gpu': '1', pods: '110' },
        allocatable: { cpu: '2', memory: '4Gi', 'example.com/gpu': '1', pods: '110' },
      },
    } as KubeObject;
    const amounts = (cpu: string, gpu?: string) => ({
      resources: { requests: { cpu, ...(gpu && { 'example.com/gpu': gpu }) } },
    });
    const pod = made('v1', 'Pod', 'web', {
      spec: {
        nodeName: 'node1',
        initContainers: [
          { name: 'side', restartPolicy: 'Always', ...amounts('100m') },
          { name: 'i', ...amounts('800m') },
        ],
        containers: [
          { name: 'a', resources: { requests: { cpu: '400m', memory: '1Gi' }, limits: { memory: '2Gi' } } },
          { name: 'b', ...amounts('100m', '1') },
        ],
        overhead: { memory: '512Mi', cpu: '100m' },
      },
    });
    const text = described([node, pod], 'node node1');
    assert.equal(
      part(text, 'Taints', 'Addresses').replace(/ +$/gm, ''),
      `Taints:             a=x:NoExecute
                    b:NoSchedule
Unschedulable:      false
Lease:              Failed to get lease: leases.coordination.k8s.io "node1" not found
Conditions:
  Type    Status  LastHeartbeatTime                 LastTransitionTime                Reason         Message
  ----    ------  -----------------                 ------------------                ------         -------
  Ready   True    Thu, 01 Jan 2026 00:54:30 +0000   Thu, 01 Jan 2026 00:54:30 +0000   KubeletReady   fine`,
    );
    assert.equal(
      part(text, 'Non-terminated', 'Events'),
      `Non-terminated Pods:          (1 in total)
  Namespace                   Name    CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age
  ---------                   ----    ------------  ----------  ---------------  -------------  ---
  default                     web     1 (50%)       0 (0%)      1536Mi (37%)     2560Mi (62%)   5m30s
Allocated resources:
  (Total limits may be over 100 percent, i.e., overcommitted.)
  Resource           Requests      Limits
  --------           --------      ------
  cpu                1 (50%)       0 (0%)
  memory             1536Mi (37%)  2560Mi (62%)
  ephemeral-storage  0 (0%)        0 (0%)
  example.com/gpu    1             0`,
    );
  });
});
