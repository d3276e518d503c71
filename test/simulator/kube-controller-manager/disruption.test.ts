// What a PodDisruptionBudget says of its Pods; the figures and texts are those of the real controller.
import { deepEqual, equal, match } from 'node:assert/strict';
import type { KubeObject, PodDisruptionBudget } from '../../../src/api/object.ts';
import { World } from './world.ts';

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 4
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: a, image: nginx}]}`;

const budget = (spec: string, name = 'web', app = 'web') => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: ${name}}
spec: {${spec}, selector: {matchLabels: {app: ${app}}}}`;

const statusOf = (world: World, name = 'web') =>
  world.get<PodDisruptionBudget>('poddisruptionbudgets.policy', name)?.status;

function countsOf(world: World, name?: string): (number | undefined)[] {
  const { expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed } = statusOf(world, name) ?? {};
  return [expectedPods, desiredHealthy, currentHealthy, disruptionsAllowed];
}

function reasonOf(world: World, name?: string): string {
  const [condition] = statusOf(world, name)?.conditions ?? [];
  return `${condition?.type} ${condition?.status} ${condition?.reason} ${condition?.message}`.trimEnd();
}

function evict(world: World, name: string, dryRun = false) {
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } };
  const target = { resource: 'pods', namespace: 'default', name, subresource: 'eviction' };
  return world.user.create(target, body, { dryRun });
}

const namesOf = (world: World) => world.list<KubeObject>('pods').map(({ metadata }) => metadata.name ?? '');

describe('disruption controller', () => {
  for (const [spec, desired, allowed] of [
    ['minAvailable: 1', 1, 3],
    ['minAvailable: 30%', 2, 2],
    ['maxUnavailable: 1', 3, 1],
    ['maxUnavailable: 30%', 2, 2],
    ['maxUnavailable: 100%', 0, 4],
    ['minAvailable: 9', 9, 0],
  ] as const) {
    it(`counts ${spec} of four Pods`, () => {
      const world = new World().create(deployment).run(100).create(budget(spec)).run(100);
      deepEqual(countsOf(world), [4, desired, 0, 0]);
      equal(reasonOf(world), 'DisruptionAllowed False InsufficientPods');
      world.startPods().run(2000);
      deepEqual(countsOf(world), [4, desired, 4, allowed]);
      equal(reasonOf(world), `DisruptionAllowed ${allowed ? 'True SufficientPods' : 'False InsufficientPods'}`);
      equal(statusOf(world)?.observedGeneration, 1);
    });
  }

  it('says that there are no Pods, and that nobody controls those there are', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: alone, labels: {app: alone}}\nspec: {containers: [{name: a, image: nginx}]}';
    const world = new World()
      .create(budget('maxUnavailable: 1', 'alone', 'alone'))
      .run(100)
      .create(pod)
      .run(100);
    const [none, unmanaged] = world.events();
    equal(none, 'Normal NoPods PodDisruptionBudget/alone: No matching pods found');
    match(
      unmanaged ?? '',
      /^Warning UnmanagedPods .*\(selector: &LabelSelector\{MatchLabels:map\[string\]string\{app: alone,\},MatchExpressions:\[\]LabelSelectorRequirement\{\},\}\) were found to be unmanaged\. .* to an integer value\.$/,
    );
    deepEqual(countsOf(world, 'alone'), [0, 0, 0, 0]);
  });

  it('says why it cannot count', () => {
    const job = `
apiVersion: batch/v1
kind: Job
metadata: {name: job}
spec:
  template:
    metadata: {labels: {app: job}}
    spec: {restartPolicy: Never, containers: [{name: a, image: nginx}]}`;
    const world = new World()
      .create(job)
      .run(100)
      .create(budget('maxUnavailable: 1', 'jobs', 'job'))
      .run(100);
    const why = 'jobs.batch does not implement the scale subresource';
    equal(reasonOf(world, 'jobs'), `DisruptionAllowed False SyncFailed ${why}`);
    const said = `Warning CalculateExpectedPodCountFailed PodDisruptionBudget/jobs: Failed to calculate the number of expected pods: ${why}`;
    equal(world.events().at(-1), said);
  });

  it('of two budgets for a Pod one hears of it, and the Pod is told', () => {
    const world = new World().create(budget('minAvailable: 1')).create(budget('maxUnavailable: 1', 'other')).run(100);
    world.create(deployment).run(100);
    const [name = ''] = namesOf(world);
    match(
      world.events().find((line) => line.includes(`MultiplePodDisruptionBudgets Pod/${name}`)) ?? '',
      /matches multiple PodDisruptionBudgets\. {2}Chose "\w+" arbitrarily\.$/,
    );
    world.startPods().run(2000);
    const refused = evict(world, name);
    equal(refused.code, 500);
    match(refused.ok ? '' : refused.status.message, /^This pod has more than one PodDisruptionBudget/);
  });
});

describe('an eviction', () => {
  const running = (spec: string) => new World().create(deployment).create(budget(spec)).run(100).startPods().run(2000);

  it('is taken off what the budget allows, and refused when nothing is left', () => {
    const world = running('maxUnavailable: 1');
    const [first = '', second = ''] = namesOf(world);
    equal(evict(world, first, true).code, 201);
    equal(countsOf(world)[3], 1);
    equal(evict(world, first).code, 201);
    deepEqual(Object.keys(statusOf(world)?.disruptedPods ?? {}), [first]);
    equal(reasonOf(world), 'DisruptionAllowed False InsufficientPods');
    world.run(100);
    equal(statusOf(world)?.disruptedPods, undefined);
    const refused = evict(world, second);
    if (refused.ok) throw new Error('the budget allows none');
    deepEqual(
      [refused.code, refused.status.message, refused.status.details],
      [
        429,
        "Cannot evict pod as it would violate the pod's disruption budget.",
        {
          causes: [
            {
              reason: 'DisruptionBudget',
              message: 'The disruption budget web needs 3 healthy pods and has 3 currently',
            },
          ],
        },
      ],
    );
  });

  it('of a Pod that is not ready does no harm where enough others are', () => {
    const world = running('minAvailable: 2');
    const [sick = '', ...others] = namesOf(world);
    const unready = { type: 'Ready', status: 'False', lastTransitionTime: null };
    const becomeUnready = (name: string) =>
      world.change<KubeObject & { status?: object }>(
        'pods',
        name,
        (pod) => ({ ...pod, status: { ...pod.status, conditions: [unready] } }),
        'status',
      );
    becomeUnready(sick).run(100);
    equal(evict(world, sick).code, 201);
    equal(countsOf(world)[3], 1);
    for (const name of others) becomeUnready(name).run(100);
    equal(evict(world, others[0] ?? '').code, 429);
  });

  it('waits until the budget has been looked at', () => {
    const world = new World().create(deployment).run(100).startPods().run(2000).create(budget('minAvailable: 1'));
    const refused = evict(world, namesOf(world)[0] ?? '');
    equal(refused.ok ? undefined : refused.status.details?.retryAfterSeconds, 10);
  });
});
