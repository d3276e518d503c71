// An autoscaler keeps what it scales within its bounds; what metrics would say is not known.
import assert from 'node:assert/strict';
import type { AutoscalingHorizontalPodAutoscaler, Deployment } from '../../../src/api/object.ts';
import { World } from './world.ts';

const web = (replicas: number) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}
`;
const autoscaler = (target = 'web') => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${target}}
  minReplicas: 2
  maxReplicas: 4
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
`;
const metricsServer = `
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec: {group: metrics.k8s.io, version: v1beta1, groupPriorityMinimum: 100, versionPriority: 100, service: {name: a, namespace: b}}
`;

const replicas = (world: World) => world.get<Deployment>('deployments.apps', 'web')?.spec?.replicas;
const conditions = (world: World) =>
  world
    .get<AutoscalingHorizontalPodAutoscaler>('horizontalpodautoscalers.autoscaling', 'web')
    ?.status?.conditions?.map(({ type, status, reason }) => `${type}=${status} ${reason}`);
const told = (world: World) => world.events().filter((event) => event.includes('HorizontalPodAutoscaler/web'));

describe('horizontal-pod-autoscaler', () => {
  const rows: [given: number, becomes: number, why: string][] = [
    [1, 2, 'below Spec.MinReplicas'],
    [7, 4, 'above Spec.MaxReplicas'],
  ];
  for (const [given, becomes, why] of rows) {
    it(`makes ${becomes} of ${given}`, () => {
      const world = new World().create(web(given)).create(autoscaler()).run(16_000);
      assert.equal(replicas(world), becomes);
      assert.deepEqual(conditions(world), ['AbleToScale=True SucceededRescale']);
      const event = `Normal SuccessfulRescale HorizontalPodAutoscaler/web: New size: ${becomes}; reason: Current number of replicas ${why}`;
      assert.deepEqual(told(world), [event]);
    });
  }

  it('leaves alone what has no replicas', () => {
    const world = new World().create(web(0)).create(autoscaler()).run(16_000);
    assert.deepEqual([replicas(world), conditions(world)?.at(-1)], [0, 'ScalingActive=False ScalingDisabled']);
  });

  it('says that nobody serves metrics, and once that it does not know them', () => {
    const world = new World().create(web(3)).create(autoscaler()).run(46_000);
    assert.deepEqual([replicas(world), conditions(world)?.at(-1)], [3, 'ScalingActive=False FailedGetResourceMetric']);
    assert.deepEqual(
      told(world).map((event) => event.split(' ')[1]),
      ['FailedGetResourceMetric', 'FailedComputeMetricsReplicas'],
    );
    assert.equal(world.unknown().filter((line) => line.startsWith('HorizontalPodAutoscaler')).length, 1);
  });

  it('knows nothing where somebody serves metrics', () => {
    const world = new World().create(metricsServer).create(web(3)).create(autoscaler()).run(16_000);
    assert.deepEqual([told(world), conditions(world)], [[], ['AbleToScale=True SucceededGetScale']]);
  });

  it('says that what it is to scale is not there', () => {
    const world = new World().create(autoscaler('wep')).run(16_000);
    assert.deepEqual(told(world), [
      'Warning FailedGetScale HorizontalPodAutoscaler/web: deployments.apps "wep" not found',
    ]);
  });
});
