import assert from 'node:assert/strict';
import { controlledBy, described, event, made, part } from './described.ts';
import { lookAt, then } from './shelf.ts';

describe('kubectl describe pod', () => {
  const pod = made(
    'v1',
    'Pod',
    'web',
    {
      spec: {
        priority: 0,
        priorityClassName: 'high',
        serviceAccountName: 'default',
        nodeName: 'node1',
        nodeSelector: { disk: 'ssd' },
        initContainers: [{ name: 'init', image: 'busybox', command: ['sh', '-c', 'a\nb'], args: ['x'] }],
        containers: [
          {
            name: 'app',
            image: 'nginx',
            ports: [
              { containerPort: 80, name: 'http' },
              { containerPort: 53, hostPort: 5353, protocol: 'UDP' },
            ],
            resources: { limits: { memory: '1024Mi', cpu: '0.5' }, requests: { cpu: '100m' } },
            livenessProbe: { httpGet: { path: '/health?x', port: 80, scheme: 'HTTP' }, periodSeconds: 10 },
            readinessProbe: { exec: { command: ['cat', '/tmp'] }, timeoutSeconds: 1 },
            startupProbe: { tcpSocket: { port: 'http' } },
            envFrom: [{ configMapRef: { name: 'env' } }, { prefix: 'P_', secretRef: { name: 's', optional: true } }],
            env: [
              { name: 'A', value: 'one\ntwo' },
              { name: 'NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
              { name: 'LABEL', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: "metadata.labels['app']" } } },
              { name: 'NODE', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } },
              { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
              { name: 'MEM', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
              { name: 'KEY', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
              { name: 'MAP', valueFrom: { configMapKeyRef: { name: 'c', key: 'k', optional: true } } },
            ],
            volumeMounts: [
              { name: 'v', mountPath: '/z', readOnly: true },
              { name: 'v', mountPath: '/a', subPath: 'sub' },
            ],
          },
        ],
        volumes: [
          { name: 'v', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } },
          { name: 'host', hostPath: { path: '/data' } },
          { name: 'secret', secret: { secretName: 's' } },
          { name: 'claim', persistentVolumeClaim: { claimName: 'data' } },
          { name: 'down', downwardAPI: { items: [{ path: 'l', fieldRef: { fieldPath: 'metadata.labels' } }] } },
          { name: 'csi', csi: { driver: 'd', volumeAttributes: { b: '2', a: '1' } } },
          {
            name: 'all',
            projected: {
              sources: [
                { serviceAccountToken: { path: 't', expirationSeconds: 3607 } },
                { configMap: { name: 'ca' } },
                { secret: { name: 's', optional: true } },
                { downwardAPI: {} },
              ],
            },
          },
          { name: 'odd', other: {} },
        ],
        tolerations: [
          { key: 'b', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
          { key: 'a', value: 'x', effect: 'NoSchedule' },
          { operator: 'Exists' },
        ],
        topologySpreadConstraints: [
          {
            topologyKey: 'zone',
            whenUnsatisfiable: 'DoNotSchedule',
            maxSkew: 1,
            labelSelector: { matchLabels: { app: 'web' } },
          },
        ],
        readinessGates: [{ conditionType: 'gate' }],
      },
      status: {
        phase: 'Running',
        hostIP: '192.168.0.1',
        podIP: '10.244.0.2',
        podIPs: [{ ip: '10.244.0.2' }],
        startTime: then,
        qosClass: 'Burstable',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [
          {
            name: 'app',
            containerID: 'containerd://1',
            image: 'nginx',
            imageID: 'nginx@sha256:1',
            ready: true,
            restartCount: 1,
            state: { running: { startedAt: then } },
            lastState: {
              terminated: {
                exitCode: 137,
                signal: 9,
                reason: 'OOMKilled',
                message: 'm',
                startedAt: then,
                finishedAt: null,
              },
            },
          },
        ],
      },
    },
    {
      labels: { app: 'web' },
      annotations: { short: 'x', long: 'y'.repeat(200), lines: 'a\nb\n' },
      ...controlledBy('ReplicaSet', 'web-1'),
    },
  );
  const text = described([pod], 'pod web');

  it('begins with where and what it is', () => {
    assert.equal(
      part(text, 'Name:', 'Init'),
      `Name:                 web
Namespace:            default
Priority:             0
Priority Class Name:  high
Service Account:      default
Node:                 node1/192.168.0.1
Start Time:           Thu, 01 Jan 2026 00:54:30 +0000
Labels:               app=web
Annotations:          lines:
                        a
                        b
                      long:
                        ${'y'.repeat(138)}...
                      short: x
Status:               Running
IP:                   10.244.0.2
IPs:
  IP:           10.244.0.2
Controlled By:  ReplicaSet/web-1`,
    );
  });

  it('tells all of its containers', () => {
    assert.equal(
      part(text, 'Init', 'Readiness Gates'),
      `Init Containers:
  init:
    Image:      busybox
    Port:       <none>
    Host Port:  <none>
    Command:
      sh
      -c
      a
      b
    Args:
      x
    Environment:  <none>
    Mounts:       <none>
Containers:
  app:
    Container ID:   containerd://1
    Image:          nginx
    Image ID:       nginx@sha256:1
    Ports:          80/TCP (http), 53/UDP
    Host Ports:     0/TCP (http), 5353/UDP
    State:          Running
      Started:      Thu, 01 Jan 2026 00:54:30 +0000
    Last State:     Terminated
      Reason:       OOMKilled
      Message:      m
      Exit Code:    137
      Signal:       9
      Started:      Thu, 01 Jan 2026 00:54:30 +0000
      Finished:     Mon, 01 Jan 0001 00:00:00 +0000
    Ready:          True
    Restart Count:  1
    Limits:
      cpu:     500m
      memory:  1Gi
    Requests:
      cpu:      100m
    Liveness:   http-get http://:80/health%3Fx delay=0s timeout=0s period=10s #success=0 #failure=0
    Readiness:  exec [cat /tmp] delay=0s timeout=1s period=0s #success=0 #failure=0
    Startup:    tcp-socket :http delay=0s timeout=0s period=0s #success=0 #failure=0
    Environment Variables from:
      env  ConfigMap                Optional: false
      s    Secret with prefix 'P_'  Optional: true
    Environment:
      A:      one
              two
      NAME:   web (v1:metadata.name)
      LABEL:  web (v1:metadata.labels['app'])
      NODE:    (v1:spec.nodeName)
      CPU:    1 (limits.cpu)
      MEM:    1024 (limits.memory)
      KEY:    <set to the key 'k' in secret 's'>      Optional: false
      MAP:    <set to the key 'k' of config map 'c'>  Optional: true
    Mounts:
      /a from v (rw,path="sub")
      /z from v (ro)`,
    );
  });

  it('tells volumes, tolerations and what spreads it', () => {
    assert.equal(
      part(text, 'Readiness Gates', 'Events').replace(/ +$/gm, ''),
      `Readiness Gates:
  Type   Status
  gate   <none>
Conditions:
  Type    Status
  Ready   True
Volumes:
  v:
    Type:       EmptyDir (a temporary directory that shares a pod's lifetime)
    Medium:     Memory
    SizeLimit:  1Gi
  host:
    Type:          HostPath (bare host directory volume)
    Path:          /data
    HostPathType:  <none>
  secret:
    Type:        Secret (a volume populated by a Secret)
    SecretName:  s
    Optional:    false
  claim:
    Type:       PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)
    ClaimName:  data
    ReadOnly:   false
  down:
    Type:  DownwardAPI (a volume populated by information about the pod)
    Items:
      metadata.labels -> l
  csi:
    Type:              CSI (a Container Storage Interface (CSI) volume source)
    Driver:            d
    FSType:
    ReadOnly:          false
    VolumeAttributes:  a=1
                       b=2
  all:
    Type:                    Projected (a volume that contains injected data from multiple sources)
    TokenExpirationSeconds:  3607
    ConfigMapName:           ca
    Optional:                false
    SecretName:              s
    Optional:                true
    DownwardAPI:             true
  odd:
  <unknown>
QoS Class:                    Burstable
Node-Selectors:               disk=ssd
Tolerations:                  op=Exists
                              a=x:NoSchedule
                              b:NoExecute op=Exists for 300s
Topology Spread Constraints:  zone:DoNotSchedule when max skew 1 is exceeded for selector app=web`,
    );
  });

  it('ends with the Events about it, oldest first', () => {
    const objects = [
      pod,
      event('b', pod, {
        type: 'Warning',
        reason: 'BackOff',
        count: 3,
        message: 'again',
        firstTimestamp: then,
        lastTimestamp: '2026-01-01T00:59:00Z',
        source: { component: 'kubelet' },
      }),
      event('a', pod, {
        type: 'Normal',
        reason: 'Scheduled',
        message: 'placed',
        eventTime: '2026-01-01T00:50:00.000000Z',
        reportingComponent: 'default-scheduler',
      }),
    ];
    assert.equal(
      described(objects, 'pod web').split('Events:')[1],
      `
  Type     Reason     Age                  From               Message
  ----     ------     ----                 ----               -------
  Normal   Scheduled  10m                  default-scheduler  placed
  Warning  BackOff    60s (x3 over 5m30s)  kubelet            again
`,
    );
    assert.ok(!described(objects, 'pod web --show-events=false').includes('Events'));
  });

  it('finds Pods by the beginning of their names, and by labels', () => {
    const other = made('v1', 'Pod', 'web-2', { spec: { containers: [] } });
    assert.equal(described([pod, other], 'pod we').match(/^Name:/gm)?.length, 2);
    assert.equal(described([pod, other], 'pods -l app=web').match(/^Name:/gm)?.length, 1);
    assert.deepEqual(lookAt([pod], 'describe pod nope'), {
      exitCode: 1,
      stdout: '',
      stderr: 'Error from server (NotFound): pods "nope" not found\n',
    });
    assert.equal(lookAt([], 'describe pods').stderr, 'No resources found in default namespace.\n');
    assert.equal(
      lookAt([made('v1', 'ConfigMap', 'a')], 'describe cm a').stderr,
      'error: not simulated: the description of configmaps\n',
    );
  });
});
