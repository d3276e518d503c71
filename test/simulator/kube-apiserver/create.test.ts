import assert from 'node:assert/strict';
import type {
  AutoscalingHorizontalPodAutoscaler as Autoscaler,
  CronJob,
  Deployment,
  Job,
  Namespace,
  Node,
  Pod,
} from '../../../src/api/object.ts';
import { Cluster, message, pod } from './server-fixture.ts';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } };

describe('create', () => {
  it('stores the tutorial Pod as the real server does', () => {
    const cluster = new Cluster();
    const { metadata, spec, status } = cluster.add<Pod>(pod('myapp'));
    const { uid, resourceVersion, ...rest } = metadata;
    assert.match(uid ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(resourceVersion, String(cluster.etcd.revision));
    const creationTimestamp = '2026-01-01T00:00:00Z';
    assert.deepEqual(rest, { name: 'myapp', namespace: 'default', creationTimestamp, generation: 1 });
    const volume = spec?.volumes?.[0]?.name ?? '';
    assert.match(volume, /^kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    assert.deepEqual(spec, {
      containers: [
        {
          name: 'app',
          image: 'nginx',
          resources: {},
          volumeMounts: [{ name: volume, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }],
          terminationMessagePath: '/dev/termination-log',
          terminationMessagePolicy: 'File',
          imagePullPolicy: 'Always',
        },
      ],
      restartPolicy: 'Always',
      terminationGracePeriodSeconds: 30,
      dnsPolicy: 'ClusterFirst',
      serviceAccountName: 'default',
      serviceAccount: 'default',
      securityContext: {},
      schedulerName: 'default-scheduler',
      enableServiceLinks: true,
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
      tolerations: [
        { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
        { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
      ],
      volumes: [
        {
          name: volume,
          projected: {
            sources: [
              { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
              { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
              {
                downwardAPI: {
                  items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
                },
              },
            ],
            defaultMode: 420,
          },
        },
      ],
    });
    assert.deepEqual(status, { phase: 'Pending', qosClass: 'BestEffort' });
  });

  it('lays objects where etcd has them in a real cluster', () => {
    const cluster = new Cluster();
    cluster.add(pod('myapp'));
    cluster.add({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node1' } });
    cluster.add({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } });
    const keys = cluster.etcd.range('/registry/').map(({ key }) => key);
    assert.deepEqual(keys, [
      '/registry/minions/node1',
      '/registry/namespaces/default',
      '/registry/pods/default/myapp',
      '/registry/serviceaccounts/default/default',
      '/registry/services/specs/default/web',
    ]);
  });

  it('refuses a name that is taken', () => {
    const cluster = new Cluster(pod('myapp'));
    const response = cluster.create(pod('myapp'));
    assert.equal(response.code, 409);
    assert.equal(message(response), 'pods "myapp" already exists');
  });

  it('generates a name, and keeps none that the client made up for it', () => {
    const cluster = new Cluster();
    const { metadata } = cluster.add<Pod>(pod('', {}, { name: undefined, generateName: 'web-' }));
    assert.match(metadata.name ?? '', /^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    assert.equal(metadata.generateName, 'web-');
  });

  it('sets itself what a client may not set', () => {
    const cluster = new Cluster();
    const made = { uid: 'mine', resourceVersion: '7', generation: 9, creationTimestamp: '2001-01-01T00:00:00Z' };
    const { metadata } = cluster.add<Pod>(pod('myapp', {}, { ...made, deletionTimestamp: '2001-01-01T00:00:00Z' }));
    assert.notEqual(metadata.uid, 'mine');
    assert.notEqual(metadata.resourceVersion, '7');
    assert.equal(metadata.generation, 1);
    assert.equal(metadata.creationTimestamp, '2026-01-01T00:00:00Z');
    assert.equal(metadata.deletionTimestamp, undefined);
  });

  it('drops a status that comes with a new object, but for a Node', () => {
    const cluster = new Cluster();
    const deployment = { replicas: 2, selector: { matchLabels: { app: 'web' } }, template };
    const web = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: deployment };
    assert.deepEqual(cluster.add<Deployment>({ ...web, status: { replicas: 2 } }).status, {});
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' }, status: { capacity: { cpu: '2' } } };
    assert.deepEqual(cluster.add<Node>(node).status?.capacity, { cpu: '2' });
  });

  it('begins a namespace Active, with its finalizer and its own name as a label', () => {
    const { metadata, spec, status } = new Cluster().add<Namespace>({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', namespace: 'ignored' },
    });
    assert.deepEqual(metadata.labels, { 'kubernetes.io/metadata.name': 'shop' });
    assert.equal(metadata.namespace, undefined);
    assert.deepEqual([spec, status], [{ finalizers: ['kubernetes'] }, { phase: 'Active' }]);
  });

  it('makes the selector of a Job from its uid', () => {
    const spec = { ...template.spec, restartPolicy: 'Never' };
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once' }, spec: { template: { spec } } };
    const stored = new Cluster().add<Job>(job);
    const uid = stored.metadata.uid ?? '';
    assert.deepEqual(stored.spec?.selector, { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } });
    const labels = {
      'job-name': 'once',
      'batch.kubernetes.io/job-name': 'once',
      'controller-uid': uid,
      'batch.kubernetes.io/controller-uid': uid,
    };
    assert.deepEqual(stored.spec?.template.metadata?.labels, labels);
    assert.deepEqual(stored.metadata.labels, labels);
  });

  it('stores nothing in a dry run, and answers as if it had', () => {
    const cluster = new Cluster();
    const before = cluster.etcd.revision;
    const response = cluster.kubectl.create<Pod>({ resource: 'pods', namespace: 'default' }, pod('myapp'), {
      dryRun: true,
    });
    assert.equal(response.code, 201);
    assert.equal(response.ok && response.object.status?.phase, 'Pending');
    assert.equal(response.ok && response.object.metadata.resourceVersion, undefined);
    assert.equal(cluster.etcd.revision, before);
  });

  it('refuses what does not decode, and warns instead where the client asks for no more', () => {
    const cluster = new Cluster();
    const typo = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, dat: {} };
    const strict = cluster.create(typo);
    assert.deepEqual(
      [strict.code, message(strict)],
      [400, 'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dat"'],
    );
    const lenient = cluster.kubectl.create({ resource: 'configmaps', namespace: 'default' }, typo);
    assert.deepEqual([lenient.code, lenient.warnings], [201, ['unknown field "dat"']]);
  });

  it('refuses an object whose namespace is another than that of the path', () => {
    const cluster = new Cluster();
    const response = cluster.kubectl.create(
      { resource: 'pods', namespace: 'default' },
      pod('a', {}, { namespace: 'b' }),
    );
    assert.deepEqual(
      [response.code, message(response)],
      [400, 'the namespace of the provided object does not match the namespace sent on the request'],
    );
  });

  it('warns whenever a deprecated kind is used', () => {
    const cluster = new Cluster();
    const response = cluster.create({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'e' }, subsets: [] });
    assert.deepEqual(response.warnings, [
      'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
    ]);
  });

  describe('an autoscaler of the older version', () => {
    const apiVersion = 'autoscaling/v1';
    const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
    const autoscaler = (annotations?: Record<string, string>) => ({
      apiVersion,
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', ...(annotations && { annotations }) },
      spec: { scaleTargetRef, maxReplicas: 3, targetCPUUtilizationPercentage: 50 },
    });
    const target = { resource: 'horizontalpodautoscalers.autoscaling', namespace: 'default', name: 'web' };

    it('is stored in the newer one, and served in both', () => {
      const cluster = new Cluster();
      const made = cluster.create(autoscaler());
      assert.equal(made.ok && made.object.apiVersion, apiVersion);
      assert.deepEqual(cluster.unknown(), []);
      const stored = cluster.kubectl.get<Autoscaler>(target);
      assert.deepEqual(stored.ok && stored.object.spec?.metrics, [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
      ]);
      const older = cluster.kubectl.get({ ...target, apiVersion });
      assert.deepEqual(older, { ...made, code: 200 });
    });

    it('keeps what the older version cannot say', () => {
      const cluster = new Cluster();
      const behavior = { scaleDown: { stabilizationWindowSeconds: 60 } };
      const newer = {
        ...autoscaler(),
        apiVersion: 'autoscaling/v2',
        spec: { scaleTargetRef, maxReplicas: 3, behavior },
      };
      cluster.create(newer);
      const patched = cluster.kubectl.patch({ ...target, apiVersion }, 'strategic', {
        spec: { targetCPUUtilizationPercentage: 60 },
      });
      assert.equal(patched.code, 200);
      const stored = cluster.kubectl.get<Autoscaler>(target);
      const spec = stored.ok ? stored.object.spec : undefined;
      assert.equal(spec?.behavior?.scaleDown?.stabilizationWindowSeconds, 60);
      assert.equal(spec?.metrics?.[0]?.resource?.target.averageUtilization, 60);
    });

    it('that says more in annotations is unknown', () => {
      const cluster = new Cluster();
      cluster.create(autoscaler({ 'autoscaling.alpha.kubernetes.io/metrics': '[]' }));
      const reason = 'what annotations of an autoscaling/v1 HorizontalPodAutoscaler stand for is not modelled';
      assert.deepEqual(cluster.unknown(), [reason]);
    });
  });

  it('drops fields of features that are off', () => {
    const lifecycle = { stopSignal: 'SIGUSR1' };
    const containers = [{ name: 'app', image: 'nginx', lifecycle }];
    const stored = new Cluster().add<Pod>(pod('myapp', { containers, terminationGracePeriodSeconds: 30 }));
    assert.equal(stored.spec?.containers[0]?.lifecycle, undefined);
    const jobTemplate = { spec: { template: { spec: { ...template.spec, restartPolicy: 'Never' } } } };
    const spec = { schedule: '* * * * *', jobTemplate };
    const cron = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'c' }, spec };
    assert.equal(new Cluster().add<CronJob>(cron).metadata.generation, 1);
  });
});
