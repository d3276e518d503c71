// A Deployment's life as its Events, ReplicaSets and status tell it.
import assert from 'node:assert/strict';
import type { Deployment, ReplicaSet } from '../../../src/api/object.ts';
import { World } from './world.ts';

const web = (replicas: number, more = '') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'nginx:1.27'}]}
  ${more}
`;

const deployment = (world: World) => world.get<Deployment>('deployments.apps', 'web');

function withImage(world: World, image: string): World {
  return world.change<Deployment>('deployments.apps', 'web', (object) => ({
    ...object,
    spec: {
      ...object.spec,
      template: { ...object.spec?.template, spec: { containers: [{ name: 'web', image }] } },
    },
  }));
}

const scaled = (world: World, replicas: number) =>
  world.change<Deployment>('deployments.apps', 'web', (object) => ({
    ...object,
    spec: { ...object.spec, template: object.spec?.template ?? {}, replicas },
  }));

/** `web-… 1/3 ready 1 (revision 2)`, by revision. */
function sizes(world: World): string[] {
  return world
    .list<ReplicaSet>('replicasets.apps')
    .map(({ metadata, spec, status }) => {
      const revision = metadata.annotations?.['deployment.kubernetes.io/revision'];
      return `revision ${revision}: ${status?.replicas}/${spec?.replicas} ready ${status?.readyReplicas ?? 0}`;
    })
    .sort();
}

function conditions(world: World): string[] {
  const { conditions = [] } = deployment(world)?.status ?? {};
  return conditions.map(({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message}`);
}

const scalings = (world: World) =>
  world
    .events()
    .filter((event) => event.includes('ScalingReplicaSet'))
    .map((event) => event.replace(/.*replica set web-[a-z0-9]+ /, ''));

describe('deployment-controller', () => {
  it('creates a ReplicaSet named by the template, and tells how the rollout goes', () => {
    const world = new World().create(web(3)).run(100);
    const name = 'web-8448b6f544';
    const replicaSet = world.get<ReplicaSet>('replicasets.apps', name);
    assert.deepEqual(replicaSet?.metadata.annotations, {
      'deployment.kubernetes.io/desired-replicas': '3',
      'deployment.kubernetes.io/max-replicas': '4',
      'deployment.kubernetes.io/revision': '1',
    });
    assert.equal(
      world.events()[0],
      `Normal ScalingReplicaSet Deployment/web: Scaled up replica set ${name} from 0 to 3`,
    );
    assert.deepEqual(conditions(world), [
      'Available=False MinimumReplicasUnavailable: Deployment does not have minimum availability.',
      `Progressing=True ReplicaSetUpdated: ReplicaSet "${name}" is progressing.`,
    ]);
    world.startPods().run(100);
    assert.deepEqual(conditions(world), [
      'Available=True MinimumReplicasAvailable: Deployment has minimum availability.',
      `Progressing=True NewReplicaSetAvailable: ReplicaSet "${name}" has successfully progressed.`,
    ]);
    const { conditions: _, ...counts } = deployment(world)?.status ?? {};
    const all = { replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3, terminatingReplicas: 0 };
    assert.deepEqual(counts, { observedGeneration: 1, ...all });
  });

  it('writes a status in the sync that creates, conflicts with itself, and tries again', () => {
    const world = new World().create(web(1)).run(100);
    const refused = world.trace.filter((entry) => entry.type === 'response' && entry.code === 409);
    assert.equal(refused.length, 1);
  });

  it('rolls a new template out one Pod at a time', () => {
    const world = new World().create(web(3)).run(100).startPods().run(100);
    withImage(world, 'nginx:1.28').run(100);
    assert.deepEqual(sizes(world), ['revision 1: 3/3 ready 3', 'revision 2: 1/1 ready 0']);
    for (let i = 0; i < 5; i++) world.startPods().run(100).endPods().run(100);
    assert.deepEqual(sizes(world), ['revision 1: 0/0 ready 0', 'revision 2: 3/3 ready 3']);
    assert.deepEqual(scalings(world), [
      'from 0 to 3',
      'from 0 to 1',
      'from 3 to 2',
      'from 1 to 2',
      'from 2 to 1',
      'from 2 to 3',
      'from 1 to 0',
    ]);
  });

  it('takes an old revision back up when its template comes again, and remembers', () => {
    const world = new World().create(web(1)).run(100).startPods().run(100);
    withImage(world, 'nginx:1.28').run(100).startPods().run(100);
    withImage(world, 'nginx:1.27').run(100).startPods().run(100);
    const replicaSet = world.get<ReplicaSet>('replicasets.apps', 'web-8448b6f544');
    assert.equal(replicaSet?.metadata.annotations?.['deployment.kubernetes.io/revision'], '3');
    assert.equal(replicaSet?.metadata.annotations?.['deployment.kubernetes.io/revision-history'], '1');
    assert.equal(deployment(world)?.metadata.annotations?.['deployment.kubernetes.io/revision'], '3');
    assert.deepEqual(sizes(world), ['revision 2: 0/0 ready 0', 'revision 3: 1/1 ready 1']);
  });

  it('with Recreate waits until the last old Pod is gone', () => {
    const world = new World().create(web(2, 'strategy: {type: Recreate}')).run(100).startPods().run(100);
    withImage(world, 'nginx:1.28').run(100);
    assert.deepEqual(sizes(world), ['revision 1: 0/0 ready 0']);
    world.endPods().run(100);
    assert.deepEqual(sizes(world), ['revision 1: 0/0 ready 0', 'revision 2: 2/2 ready 0']);
    assert.deepEqual(scalings(world), ['from 0 to 2', 'from 2 to 0', 'from 0 to 2']);
  });

  it('scales without a new revision', () => {
    const world = new World().create(web(2)).run(100).startPods().run(100);
    scaled(world, 4).run(100).startPods().run(100);
    scaled(world, 1).run(100).endPods().run(100);
    assert.deepEqual(scalings(world), ['from 0 to 2', 'from 2 to 4', 'from 4 to 1']);
    assert.deepEqual(sizes(world), ['revision 1: 1/1 ready 1']);
  });

  it('scales in the middle of a rollout by shares', () => {
    const world = new World().create(web(10)).run(100).startPods().run(100);
    withImage(world, 'nginx:1.28').run(100);
    assert.deepEqual(sizes(world), ['revision 1: 8/8 ready 8', 'revision 2: 5/5 ready 0']);
    scaled(world, 20).run(100);
    assert.deepEqual(sizes(world), ['revision 1: 15/15 ready 8', 'revision 2: 10/10 ready 0']);
  });

  it('says when it has run out of time', () => {
    const world = new World().create(web(1, 'progressDeadlineSeconds: 15')).run(10_000);
    assert.match(conditions(world)[1] ?? '', /is progressing\.$/);
    world.run(10_000);
    assert.equal(
      conditions(world)[1],
      'Progressing=False ProgressDeadlineExceeded: ReplicaSet "web-8448b6f544" has timed out progressing.',
    );
  });

  it('does nothing while paused, and says so', () => {
    const world = new World().create(web(1, 'paused: true')).run(100);
    assert.deepEqual(sizes(world), []);
    assert.deepEqual(conditions(world).slice(0, 1), ['Progressing=Unknown DeploymentPaused: Deployment is paused']);
    world.change<Deployment>('deployments.apps', 'web', (object) => ({
      ...object,
      spec: { ...object.spec, template: object.spec?.template ?? {}, paused: false },
    }));
    assert.deepEqual(sizes(world.run(100)), ['revision 1: 1/1 ready 0']);
  });

  it('keeps no more old revisions than its history limit', () => {
    const world = new World().create(web(1, 'revisionHistoryLimit: 1')).run(100).startPods().run(100);
    for (const version of ['1.28', '1.29', '1.30']) {
      withImage(world, `nginx:${version}`).run(100).startPods().run(100).endPods().run(100);
    }
    assert.deepEqual(sizes(world), ['revision 3: 0/0 ready 0', 'revision 4: 1/1 ready 1']);
  });

  it('passes on why its ReplicaSet gets no Pods', () => {
    const robot = web(1).replace('spec: {containers', 'spec: {serviceAccountName: robot, containers');
    const world = new World().create(robot).run(100);
    const failure = conditions(world).find((condition) => condition.startsWith('ReplicaFailure'));
    assert.match(
      failure ?? '',
      /^ReplicaFailure=True FailedCreate: pods "web-[a-z0-9]+-" is forbidden: error looking up/,
    );
  });
});
