// kube-scheduler and ResourceClaims, against a real API server: who gets which devices, and what the claims say in the end.
import { deepEqual, equal } from 'node:assert/strict';
import type { KubeObject, Pod, ResourceResourceClaim } from '../../../src/api/object.ts';
import { Etcd } from '../../../src/simulator/etcd/etcd.ts';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';
import { Server } from '../../../src/simulator/kube-apiserver/server.ts';
import { startScheduler } from '../../../src/simulator/kube-scheduler/index.ts';
import { makeNode, makePod } from './cluster.ts';
import { driver, makeAllocatedClaim, makeClaim, makeDevice, makeDeviceClass, makeSlice, using } from './devices.ts';

const resources: Readonly<Record<string, string>> = {
  Namespace: 'namespaces',
  ServiceAccount: 'serviceaccounts',
  Node: 'nodes',
  Pod: 'pods',
  DeviceClass: 'deviceclasses.resource.k8s.io',
  ResourceSlice: 'resourceslices.resource.k8s.io',
  ResourceClaim: 'resourceclaims.resource.k8s.io',
};

class World {
  readonly #kernel = new Kernel({ seed: 1 });
  readonly #server = new Server(this.#kernel, new Etcd());
  readonly #admin = this.#server.connect('kubectl');

  constructor(...objects: KubeObject[]) {
    this.create(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } },
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'default' } },
      ...objects,
    );
    startScheduler({ kernel: this.#kernel, client: this.#server.connect('kube-scheduler') });
  }

  create(...objects: KubeObject[]): void {
    for (const object of objects) {
      const { namespace, uid: _, name = '', ...metadata } = object.metadata;
      const target = { resource: resources[object.kind] ?? '', ...(namespace && { namespace }) };
      const body = { ...object, metadata: { ...metadata, name, ...(namespace && { namespace }) } };
      const made = this.#admin.create(target, body);
      if (!made.ok) throw new Error(made.status.message);
      // A new node is tainted until it is ready, and a new object has no status yet.
      if (object.kind === 'Node') this.#admin.update({ resource: 'nodes', name }, object);
      if (object.kind === 'ResourceClaim') {
        const { status } = object as ResourceResourceClaim;
        this.#admin.update({ ...target, name, subresource: 'status' }, { ...made.object, status } as KubeObject);
      }
    }
  }

  run(): this {
    this.#kernel.run({ horizon: 3_600_000, maxSteps: 10_000 });
    return this;
  }

  pod(name: string): Pod {
    return this.#get('pods', name) as Pod;
  }

  claim(name: string): ResourceResourceClaim {
    return this.#get('resourceclaims.resource.k8s.io', name) as ResourceResourceClaim;
  }

  claims(): readonly ResourceResourceClaim[] {
    return this.#admin.list<ResourceResourceClaim>('resourceclaims.resource.k8s.io').items;
  }

  #get(resource: string, name: string): KubeObject {
    const answer = this.#admin.get({ resource, namespace: 'default', name });
    if (!answer.ok) throw new Error(answer.status.message);
    return answer.object;
  }
}

const devicesOf = ({ status }: ResourceResourceClaim) =>
  status?.allocation?.devices?.results?.map(({ pool, device }) => `${pool}/${device}`) ?? [];
const consumersOf = ({ status }: ResourceResourceClaim) => status?.reservedFor?.map(({ name }) => name) ?? [];

describe('kube-scheduler with ResourceClaims', () => {
  const slice = makeSlice('a', [makeDevice('gpu-0'), makeDevice('gpu-1')]);

  it('stores the devices before it binds the Pod', () => {
    const world = new World(
      makeNode('a'),
      makeDeviceClass(),
      slice,
      makeClaim('gpu'),
      makePod('x', using('gpu')),
    ).run();
    equal(world.pod('x').spec?.nodeName, 'a');
    const claim = world.claim('gpu');
    deepEqual(claim.metadata.finalizers, ['resource.kubernetes.io/delete-protection']);
    const { allocationTimestamp = '', ...allocation } = claim.status?.allocation ?? {};
    deepEqual(allocation, {
      devices: { results: [{ request: 'gpu', driver, pool: 'a', device: 'gpu-0' }] },
      nodeSelector: {
        nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }] }],
      },
    });
    equal(/^\d{4}-/.test(allocationTimestamp ?? ''), true);
    deepEqual(claim.status?.reservedFor, [{ resource: 'pods', name: 'x', uid: world.pod('x').metadata.uid }]);
  });

  it('promises a device to one Pod only', () => {
    const pods = ['x', 'y', 'z'].map((name) => makePod(name, using(name)));
    const claims = ['x', 'y', 'z'].map((name) => makeClaim(name));
    const world = new World(makeNode('a'), makeDeviceClass(), slice, ...claims, ...pods).run();
    deepEqual(
      ['x', 'y', 'z'].map((name) => devicesOf(world.claim(name))),
      [['a/gpu-0'], ['a/gpu-1'], []],
    );
    equal(world.pod('z').spec?.nodeName, undefined);
  });

  it('lets Pods share a claim, one after the other', () => {
    const pods = ['x', 'y'].map((name) => makePod(name, using('gpu')));
    const world = new World(makeNode('a'), makeDeviceClass(), slice, makeClaim('gpu'), ...pods).run();
    deepEqual(devicesOf(world.claim('gpu')), ['a/gpu-0']);
    deepEqual(consumersOf(world.claim('gpu')), ['x', 'y']);
    equal(world.pod('y').spec?.nodeName, 'a');
  });

  it('frees devices out of reach, and takes others', () => {
    const gone = makeAllocatedClaim('gpu', 'gone');
    const world = new World(makeNode('a'), makeDeviceClass(), slice, gone, makePod('x', using('gpu'))).run();
    deepEqual(devicesOf(world.claim('gpu')), ['a/gpu-0']);
    equal(world.pod('x').spec?.nodeName, 'a');
  });

  it('makes a claim for extended resources', () => {
    const deviceClass = makeDeviceClass('gpu', { extendedResourceName: 'example.com/gpu' });
    const amounts = { 'example.com/gpu': '2' };
    const resourcesOf = { resources: { requests: amounts, limits: amounts } };
    const pod = makePod('x', { containers: [{ name: 'app', image: 'nginx', ...resourcesOf }] });
    const world = new World(makeNode('a'), deviceClass, slice, pod).run();
    const [claim, ...others] = world.claims();
    equal(others.length, 0);
    equal(world.pod('x').spec?.nodeName, 'a');
    deepEqual(claim && devicesOf(claim), ['a/gpu-0', 'a/gpu-1']);
    deepEqual(claim && consumersOf(claim), ['x']);
    deepEqual(world.pod('x').status?.extendedResourceClaimStatus, {
      requestMappings: [
        { containerName: 'app', resourceName: 'example.com/gpu', requestName: 'container-0-request-0' },
      ],
      resourceClaimName: claim?.metadata.name,
    });
  });
});
