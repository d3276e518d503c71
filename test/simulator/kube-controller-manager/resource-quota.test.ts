// What of a namespace's quota is used: counted when the quota comes, added to as objects do, counted anew as they go.
import { deepEqual, equal } from 'node:assert/strict';
import type { KubeObject, Pod, ResourceQuota } from '../../../src/api/object.ts';
import { World } from './world.ts';

const pod = (name: string, cpu = '100m') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec: {containers: [{name: a, image: nginx, resources: {requests: {cpu: ${cpu}}}}]}`;

const quota = (hard: string) => `
apiVersion: v1
kind: ResourceQuota
metadata: {name: q}
spec: {hard: ${hard}}`;

function statusOf(world: World): ResourceQuota['status'] {
  const answer = world.user.get<ResourceQuota>({ resource: 'resourcequotas', namespace: 'default', name: 'q' });
  return answer.ok ? answer.object.status : undefined;
}

const used = (world: World) => statusOf(world)?.used;

describe('quota controller', () => {
  it('counts what is there', () => {
    const world = new World().create(pod('one')).create(pod('two', '1')).run(100);
    world.create(quota('{pods: "5", requests.cpu: "4", count/jobs.batch: "1", limits.memory: 1Gi}')).run(100);
    deepEqual(statusOf(world), {
      hard: { pods: '5', 'requests.cpu': '4', 'count/jobs.batch': '1', 'limits.memory': '1Gi' },
      used: { 'count/jobs.batch': '0', 'limits.memory': '0', pods: '2', 'requests.cpu': '1100m' },
    });
  });

  it('counts anew what goes, and Pods that have ended', () => {
    const world = new World().create(quota('{pods: "2", requests.cpu: "1"}')).run(100);
    world.create(pod('one')).create(pod('two')).run(100);
    deepEqual(used(world), { pods: '2', 'requests.cpu': '200m' });
    const target = { resource: 'pods', namespace: 'default', name: 'one' };
    const there = world.user.get<Pod>(target);
    equal(there.ok, true);
    if (!there.ok) return;
    world.user.update({ ...target, subresource: 'status' }, {
      ...there.object,
      status: { ...there.object.status, phase: 'Succeeded' },
    } as KubeObject);
    deepEqual(used(world.run(100)), { pods: '1', 'requests.cpu': '100m' });
    world.user.delete({ ...target, name: 'two' }, { gracePeriodSeconds: 0 });
    deepEqual(used(world.run(100)), { pods: '0', 'requests.cpu': '0' });
  });

  it('takes over another limit, and forgets what is no longer limited', () => {
    const world = new World().create(quota('{pods: "2", requests.cpu: "1"}')).create(pod('one')).run(100);
    const target = { resource: 'resourcequotas', namespace: 'default', name: 'q' };
    world.user.patch(target, 'merge', { spec: { hard: { pods: '3', 'requests.cpu': null } } });
    deepEqual(statusOf(world.run(100)), { hard: { pods: '3' }, used: { pods: '1' } });
  });

  it('keeps what was counted of objects that are not known here', () => {
    const status = { hard: { pods: '5' }, used: { pods: '4' } };
    const world = new World({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'q', namespace: 'default' },
      spec: { hard: { pods: '5' } },
      status,
    } as KubeObject).run(100);
    deepEqual(statusOf(world), status);
    world.create(pod('one')).run(100);
    deepEqual(used(world), { pods: '5' });
    world.user.delete({ resource: 'pods', namespace: 'default', name: 'one' }, { gracePeriodSeconds: 0 });
    deepEqual(used(world.run(100)), { pods: '4' });
  });
});
