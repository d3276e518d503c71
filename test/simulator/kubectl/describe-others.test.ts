import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/api/object.ts';
import { described, made, part, template } from './described.ts';
import { then } from './shelf.ts';

describe('kubectl describe', () => {
  const selector = { matchLabels: { app: 'web' } };

  it('workloads that run to their end, or on every node, or in order', () => {
    const job = made('batch/v1', 'Job', 'once', {
      spec: {
        parallelism: 1,
        completions: 2,
        completionMode: 'Indexed',
        suspend: false,
        backoffLimit: 6,
        ttlSecondsAfterFinished: 9,
        activeDeadlineSeconds: 60,
        selector,
        template,
      },
      status: {
        startTime: then,
        completionTime: '2026-01-01T00:55:00Z',
        succeeded: 2,
        ready: 0,
        completedIndexes: '0,1',
      },
    });
    assert.equal(
      part(described([job], 'job once'), 'Parallelism', 'Pod Template'),
      `Parallelism:                 1
Completions:                 2
Completion Mode:             Indexed
Suspend:                     false
Backoff Limit:               6
TTL Seconds After Finished:  9
Start Time:                  Thu, 01 Jan 2026 00:54:30 +0000
Completed At:                Thu, 01 Jan 2026 00:55:00 +0000
Duration:                    30s
Active Deadline Seconds:     60s
Pods Statuses:               0 Active (0 Ready) / 2 Succeeded / 0 Failed
Completed Indexes:           0,1`,
    );
    const daemonSet = made('apps/v1', 'DaemonSet', 'log', {
      spec: { selector, template },
      status: { numberAvailable: 2 },
    });
    assert.match(described([daemonSet], 'ds log'), /Number of Nodes Scheduled with Available Pods: 2\n/);
    const claim = {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    };
    const statefulSet = made('apps/v1', 'StatefulSet', 'db', {
      spec: {
        replicas: 3,
        selector,
        template,
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
        volumeClaimTemplates: [claim],
      },
    });
    const text = described([statefulSet], 'sts db');
    assert.match(text, /^Replicas: +3 desired \| 0 total$/m);
    assert.match(text, /^ {2}Partition: +1$/m);
    assert.match(text, /^ {2}Capacity: +1Gi$/m);
    const cronJob = made('batch/v1', 'CronJob', 'c', {
      spec: { schedule: '* * * * *', suspend: true, jobTemplate: { spec: { selector, template } } },
      status: { active: [{ name: 'c-1' }, { name: 'c-2' }] },
    });
    assert.match(described([cronJob], 'cronjob c'), /^Active Jobs: +c-1, c-2$/m);
  });

  it('claims, namespaces and autoscalers', () => {
    const claim = made('v1', 'PersistentVolumeClaim', 'data', {
      spec: {
        storageClassName: 'fast',
        volumeMode: 'Filesystem',
        dataSource: { kind: 'VolumeSnapshot', name: 's', apiGroup: 'g' },
      },
      status: { phase: 'Pending', conditions: [{ type: 'Resizing', status: 'True' }] },
    });
    const user = made('v1', 'Pod', 'web', {
      spec: { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] },
    });
    assert.equal(
      part(described([claim, user], 'pvc data'), 'StorageClass', 'Conditions'),
      `StorageClass:  fast
Status:        Pending
Volume:
Labels:        <none>
Annotations:   <none>
Finalizers:    []
Capacity:
Access Modes:
VolumeMode:    Filesystem
DataSource:
  APIGroup:  g
  Kind:      VolumeSnapshot
  Name:      s
Used By:     web`.replace(/^(Volume|Capacity|Access Modes):$/gm, (title) => title.padEnd(15)),
    );
    const namespace: KubeObject = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
      status: { phase: 'Active' },
    } as KubeObject;
    const quota = made(
      'v1',
      'ResourceQuota',
      'q',
      { status: { hard: { pods: '2' }, used: { pods: '1' } } },
      { namespace: 'shop' },
    );
    const limits = made(
      'v1',
      'LimitRange',
      'l',
      { spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] } },
      { namespace: 'shop' },
    );
    assert.equal(
      described([namespace, quota, limits], 'ns shop'),
      `Name:         shop
Labels:       <none>
Annotations:  <none>
Status:       Active

Resource Quotas
  Name:     q
  Resource  Used  Hard
  --------  ---   ---
  pods      1     2

Resource Limits
  Type       Resource  Min  Max  Default Request  Default Limit  Max Limit/Request Ratio
  ----       --------  ---  ---  ---------------  -------------  -----------------------
  Container  cpu       -    -    -                1              -
`,
    );
    const autoscaler = made('autoscaling/v2', 'HorizontalPodAutoscaler', 'web', {
      spec: {
        scaleTargetRef: { kind: 'Deployment', name: 'web' },
        maxReplicas: 5,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { averageValue: '100m' } } },
          {
            type: 'ContainerResource',
            containerResource: { name: 'cpu', container: 'app', target: { averageUtilization: 50 } },
          },
          { type: 'Pods', pods: { metric: { name: 'x' }, target: { averageValue: '1' } } },
          {
            type: 'Object',
            object: { metric: { name: 'y' }, describedObject: { kind: 'Service', name: 's' }, target: { value: '2' } },
          },
          { type: 'External', external: { metric: { name: 'z' }, target: { averageValue: '3' } } },
        ],
        behavior: {
          scaleDown: { stabilizationWindowSeconds: 60, policies: [{ type: 'Pods', value: 1, periodSeconds: 30 }] },
        },
      },
    });
    const text = described([autoscaler], 'hpa web').replace(/ {2,}/g, '  ');
    for (const line of [
      '  resource cpu on pods:  <unknown> / 100m',
      '  resource cpu of container "app" on pods  (as a percentage of request):  <unknown> / 50%',
      '  "x" on pods:  <unknown> / 1',
      '  "y" on Service/s (target value):  <unknown> / 2',
      '  "z" (target average value):  <unknown> / 3',
      '  Stabilization Window: 60 seconds',
      '  - Type: Pods  Value: 1  Period: 30 seconds',
    ]) {
      assert.ok(text.includes(`\n${line}\n`), line);
    }
  });

  it('a budget', () => {
    const budget = made('policy/v1', 'PodDisruptionBudget', 'web', {
      spec: { maxUnavailable: '50%', selector },
      status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 2 },
    });
    assert.equal(
      described([budget], 'pdb web').replace(/\nEvents:[^]*/, ''),
      `Name:             web
Namespace:        default
Max unavailable:  50%
Selector:         app=web
Status:
    Allowed disruptions:  0
    Current:              1
    Desired:              1
    Total:                2`,
    );
  });
});
