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

  /** The driver sets a condition of the claim's only device. */
  tellOfDevice(claim: string, type: string): void {
    const before = this.claim(claim);
    const conditions = [
      { type, status: 'True', reason: 'Told', message: 'by "hand"', lastTransitionTime: '2026-01-01T00:00:00Z' },
    ];
    const [{ driver: by = '', pool = '', device = '' } = {}] = before.status?.allocation?.devices?.results ?? [];
    const devices = [{ driver: by, pool, device, conditions }];
    const target = {
      resource: 'resourceclaims.resource.k8s.io',
      namespace: 'default',
      name: claim,
      subresource: 'status',
    };
    const answer = this.#admin.update(target, { ...before, status: { ...before.status, devices } } as KubeObject);
    if (!answer.ok) throw new Error(answer.status.message);
  }

  /** What was told of Pods, but that they were assigned. */
  events(): readonly string[] {
    const events = this.#admin.list<KubeObject & { reason?: string; note?: string }>('events.events.k8s.io').items;
    return events.filter(({ reason }) => reason !== 'Scheduled').map(({ reason, note }) => `${reason} ${note}`);
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

  describe('on devices that have to be made ready', () => {
    const slow = { bindingConditions: ['example.com/ready'], bindingFailureConditions: ['example.com/broken'] };
    const slowSlice = makeSlice('a', [makeDevice('gpu-0', 'a100', slow)]);
    const start = () =>
      new World(makeNode('a'), makeDeviceClass(), slowSlice, makeClaim('gpu'), makePod('x', using('gpu')));

    it('waits for their driver', () => {
      const world = start().run();
      equal(world.pod('x').spec?.nodeName, undefined);
      equal(world.pod('x').status?.nominatedNodeName, 'a');
      deepEqual(consumersOf(world.claim('gpu')), ['x']);
      deepEqual(world.events(), ['BindingConditionsPending waiting for binding conditions for device on node a']);
      world.tellOfDevice('gpu', 'example.com/ready');
      equal(world.run().pod('x').spec?.nodeName, 'a');
    });

    it('lets go of what its driver gave up', () => {
      const world = start().run();
      world.tellOfDevice('gpu', 'example.com/broken');
      world.run();
      equal(world.pod('x').spec?.nodeName, undefined);
      deepEqual(consumersOf(world.claim('gpu')), []);
      equal(
        world.events()[1],
        'FailedScheduling running PreBind plugin "DynamicResources": device binding failed: claim=gpu, reason=Told, message="by \\"hand\\""',
      );
    });
  });
});
