// Defaults of every other kind: what is given, and what is there in the end.
import assert from 'node:assert/strict';
import type { KubeObject } from '../../../../src/api/object.ts';
import { defaultObject } from '../../../../src/simulator/kube-apiserver/defaulting/index.ts';

const template = { metadata: { labels: { app: 'web' } } };

const specs: readonly (readonly [apiVersion: string, kind: string, given: object, expected: object])[] = [
  [
    'apps/v1',
    'Deployment',
    { template },
    {
      template,
      replicas: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    },
  ],
  [
    'apps/v1',
    'Deployment',
    { template, replicas: 0, strategy: { type: 'Recreate' } },
    { template, replicas: 0, strategy: { type: 'Recreate' }, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 },
  ],
  ['apps/v1', 'ReplicaSet', { template }, { template, replicas: 1 }],
  [
    'apps/v1',
    'DaemonSet',
    { template },
    {
      template,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      revisionHistoryLimit: 10,
    },
  ],
  [
    'apps/v1',
    'StatefulSet',
    { template, volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }] },
    {
      template,
      volumeClaimTemplates: [
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data' },
          spec: { volumeMode: 'Filesystem' },
          status: { phase: 'Pending' },
        },
      ],
      replicas: 1,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      revisionHistoryLimit: 10,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    },
  ],
  ['v1', 'ReplicationController', { template }, { template, replicas: 1, selector: { app: 'web' } }],
  [
    'batch/v1',
    'Job',
    { template, podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] } },
    {
      template,
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
      },
      completions: 1,
      parallelism: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
      podReplacementPolicy: 'Failed',
      manualSelector: false,
    },
  ],
  [
    'batch/v1',
    'CronJob',
    { schedule: '* * * * *', jobTemplate: { spec: { template } } },
    {
      schedule: '* * * * *',
      jobTemplate: { spec: { template } },
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    },
  ],
  [
    'v1',
    'Service',
    { ports: [{ port: 80 }] },
    {
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
      sessionAffinity: 'None',
      type: 'ClusterIP',
      internalTrafficPolicy: 'Cluster',
    },
  ],
  [
    'v1',
    'Service',
    { type: 'LoadBalancer', sessionAffinity: 'ClientIP', ports: [{ port: 1, targetPort: 'web', protocol: 'UDP' }] },
    {
      type: 'LoadBalancer',
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10_800 } },
      ports: [{ port: 1, targetPort: 'web', protocol: 'UDP' }],
      externalTrafficPolicy: 'Cluster',
      internalTrafficPolicy: 'Cluster',
      allocateLoadBalancerNodePorts: true,
    },
  ],
  [
    'v1',
    'Service',
    { clusterIP: '10.96.0.7', externalIPs: ['192.0.2.1'] },
    {
      clusterIP: '10.96.0.7',
      clusterIPs: ['10.96.0.7'],
      externalIPs: ['192.0.2.1'],
      sessionAffinity: 'None',
      type: 'ClusterIP',
      externalTrafficPolicy: 'Cluster',
      internalTrafficPolicy: 'Cluster',
    },
  ],
  [
    'networking.k8s.io/v1',
    'NetworkPolicy',
    { egress: [{ ports: [{ port: 53 }] }] },
    { egress: [{ ports: [{ port: 53, protocol: 'TCP' }] }], policyTypes: ['Ingress', 'Egress'] },
  ],
  [
    'networking.k8s.io/v1',
    'IngressClass',
    { parameters: { kind: 'A', name: 'a' } },
    { parameters: { kind: 'A', name: 'a', scope: 'Cluster' } },
  ],
  [
    'v1',
    'LimitRange',
    { limits: [{ type: 'Container', max: { cpu: '2' }, min: { cpu: '1', memory: '1Mi' } }] },
    {
      limits: [
        {
          type: 'Container',
          max: { cpu: '2' },
          min: { cpu: '1', memory: '1Mi' },
          default: { cpu: '2' },
          defaultRequest: { cpu: '2', memory: '1Mi' },
        },
      ],
    },
  ],
  ['v1', 'ResourceQuota', { hard: { cpu: '1u' } }, { hard: { cpu: '1m' } }],
  [
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    { maxReplicas: 3, behavior: {} },
    {
      maxReplicas: 3,
      minReplicas: 1,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: 0,
          selectPolicy: 'Max',
          policies: [
            { type: 'Pods', value: 4, periodSeconds: 15 },
            { type: 'Percent', value: 100, periodSeconds: 15 },
          ],
        },
        scaleDown: { selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }] },
      },
    },
  ],
];

const metadata = { name: 'a' };

describe('defaults of specs', () => {
  for (const [apiVersion, kind, given, expected] of specs) {
    it(`of ${kind}: ${JSON.stringify(given).slice(0, 60)}`, () => {
      const object = defaultObject({ apiVersion, kind, metadata, spec: given } as KubeObject) as { spec?: unknown };
      assert.deepEqual(object.spec, expected);
      assert.equal(defaultObject(object as KubeObject), object);
    });
  }
});

const wholes: readonly (readonly [given: object, expected: object])[] = [
  [
    { apiVersion: 'v1', kind: 'Namespace' },
    { metadata: { name: 'a', labels: { 'kubernetes.io/metadata.name': 'a' } }, status: { phase: 'Active' } },
  ],
  [
    { apiVersion: 'v1', kind: 'Secret', stringData: { é: 'ü' }, data: { k: 'YQ==' } },
    { data: { k: 'YQ==', é: 'w7w=' }, type: 'Opaque' },
  ],
  [
    { apiVersion: 'v1', kind: 'Node', status: { capacity: { cpu: '2' } } },
    { status: { capacity: { cpu: '2' }, allocatable: { cpu: '2' } } },
  ],
  [
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: { volumeMode: 'Block' } },
    { spec: { volumeMode: 'Block' }, status: { phase: 'Pending' } },
  ],
  [
    { apiVersion: 'v1', kind: 'PersistentVolume', spec: { hostPath: { path: '/a' } } },
    {
      spec: {
        hostPath: { path: '/a', type: '' },
        persistentVolumeReclaimPolicy: 'Retain',
        volumeMode: 'Filesystem',
      },
      status: { phase: 'Pending' },
    },
  ],
  [
    { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: 'p' },
    { provisioner: 'p', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
  ],
  [
    { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 1 },
    { value: 1, preemptionPolicy: 'PreemptLowerPriority' },
  ],
  [
    { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', ports: [{ port: 80 }] },
    { ports: [{ port: 80, name: '', protocol: 'TCP' }] },
  ],
  [
    { apiVersion: 'v1', kind: 'Endpoints', subsets: [{ ports: [{ port: 80 }] }] },
    { subsets: [{ ports: [{ port: 80, protocol: 'TCP' }] }] },
  ],
  [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      roleRef: { kind: 'Role', name: 'r', apiGroup: '' },
      subjects: [
        { kind: 'User', name: 'u' },
        { kind: 'ServiceAccount', name: 's', namespace: 'n' },
      ],
    },
    {
      roleRef: { kind: 'Role', name: 'r', apiGroup: 'rbac.authorization.k8s.io' },
      subjects: [
        { kind: 'User', name: 'u', apiGroup: 'rbac.authorization.k8s.io' },
        { kind: 'ServiceAccount', name: 's', namespace: 'n' },
      ],
    },
  ],
  [{ apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } }, { data: { a: 'b' } }],
];

describe('defaults of kinds without a spec', () => {
  for (const [given, expected] of wholes) {
    const { apiVersion, kind } = given as KubeObject;
    it(`of ${kind}`, () => {
      const object = defaultObject({ metadata, ...given } as KubeObject);
      assert.deepEqual(object, { apiVersion, kind, metadata, ...expected });
    });
  }
});
