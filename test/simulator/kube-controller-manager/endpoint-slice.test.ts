// Which addresses are behind a Service, as its slices say.
import assert from 'node:assert/strict';
import type { DiscoveryEndpointPort, Endpoint, EndpointSlice, Node, Pod, Service } from '../../../src/api/object.ts';
import {
  addressTypesOf,
  desiredEndpoints,
  portKey,
} from '../../../src/simulator/kube-controller-manager/endpoint-slice/endpoints.ts';
import { inHashOrder } from '../../../src/simulator/kube-controller-manager/endpoint-slice/port-order.ts';
import { reconcileSlices } from '../../../src/simulator/kube-controller-manager/endpoint-slice/reconcile.ts';
import { node, objectsOf, World } from './world.ts';

const service = (spec: string) =>
  objectsOf(`{apiVersion: v1, kind: Service, metadata: {name: web, namespace: default}, spec: ${spec}}`)[0] as Service;
const plain = service('{clusterIP: 10.96.0.9, selector: {app: web}, ports: [{port: 80, targetPort: http}]}');

function pod(name: string, more = '', status = ''): Pod {
  return objectsOf(`
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: default, labels: {app: web}}
spec: {nodeName: node1, containers: [{name: c, image: i, ports: [{name: http, containerPort: 8080}]}]${more}}
status: {phase: Running, podIP: 10.244.0.1, podIPs: [{ip: 10.244.0.1}], conditions: [{type: Ready, status: 'True'}]${status}}
`)[0] as Pod;
}

const zoned = node('node1', { 'topology.kubernetes.io/zone': 'a' }) as Node;
const desired = (of: Service, pods: readonly Pod[], nodeOf: () => Node | undefined = () => zoned) =>
  desiredEndpoints(of, pods, nodeOf, 'IPv4');
const endpoint = (ip: string, ready = true): Endpoint => ({ addresses: [ip], conditions: { ready } });
const ports: readonly DiscoveryEndpointPort[] = [{ name: '', port: 80, protocol: 'TCP' }];

describe('desiredEndpoints', () => {
  it('resolves a named port in the Pod and tells where the Pod is', () => {
    assert.deepEqual(desired(plain, [pod('a')]), {
      groups: [
        {
          ports: [{ name: '', protocol: 'TCP', port: 8080 }],
          endpoints: [
            {
              addresses: ['10.244.0.1'],
              conditions: { ready: true, serving: true, terminating: false },
              nodeName: 'node1',
              targetRef: { kind: 'Pod', name: 'a', namespace: 'default' },
              zone: 'a',
            },
          ],
        },
      ],
      error: undefined,
    });
  });

  it('leaves out who has ended, has no address or is on a node that is not there', () => {
    const ended = pod('a');
    assert.deepEqual(desired(plain, [{ ...ended, status: { ...ended.status, phase: 'Succeeded' } }]).groups, []);
    assert.deepEqual(desired(plain, [{ ...pod('a'), status: { phase: 'Pending' } }]).groups, []);
    const lost = desired(plain, [pod('a')], () => undefined);
    assert.deepEqual(lost, { groups: [], error: 'skipping Pod a for Service default/web: Node node1 Not Found' });
  });

  it('makes one group for each set of ports', () => {
    const other = pod('b');
    const without = { ...other, spec: { ...other.spec, containers: [{ name: 'c', image: 'i' }] } };
    const groups = desired(plain, [pod('a'), without]).groups;
    assert.deepEqual(
      groups.map((group) => group.ports.map(({ port }) => port)),
      [[8080], []],
    );
  });

  it('has both families where an old headless Service does not say', () => {
    assert.deepEqual(addressTypesOf(service('{clusterIP: None}')), ['IPv4', 'IPv6']);
    assert.deepEqual(addressTypesOf(plain), ['IPv4']);
  });
});

describe('the order of ports', () => {
  it('is that of their hashes', () => {
    const tcp = (name: string, port: number) => ({ name, port, protocol: 'TCP' });
    const given = [tcp('http', 8010), tcp('metrics', 8081), tcp('admin', 8082)];
    assert.deepEqual(
      inHashOrder(given).map(({ name }) => name),
      ['admin', 'http', 'metrics'],
    );
    assert.equal(portKey(given), portKey(given.toReversed()));
  });
});

describe('reconcileSlices', () => {
  const reconcile = (endpoints: readonly Endpoint[], existing: readonly EndpointSlice[], time?: string) =>
    reconcileSlices(plain, 'IPv4', endpoints.length > 0 ? [{ ports, endpoints }] : [], existing, time);
  const stored = (name: string, endpoints: readonly Endpoint[]): EndpointSlice => {
    const [body] = reconcile(endpoints, []).create;
    assert.ok(body);
    return { ...body, metadata: { ...body.metadata, name } } as EndpointSlice;
  };
  const many = (count: number, from = 0) =>
    Array.from({ length: count }, (_, i) => endpoint(`10.0.${Math.floor((from + i) / 250)}.${(from + i) % 250}`));
  const sizes = (bodies: readonly { endpoints: readonly Endpoint[] | null }[]) =>
    bodies.map(({ endpoints }) => endpoints?.length ?? null);

  it('keeps an empty slice where there is no endpoint', () => {
    const { create } = reconcile([], []);
    assert.deepEqual(sizes(create), [null]);
    assert.equal(create[0]?.ports, null);
    const unchanged = reconcile([], [stored('web-1', [])]);
    assert.deepEqual(unchanged, { create: [], update: [], delete: [] });
  });

  it('turns the empty slice into the first one, and the last one back', () => {
    const filled = reconcile([endpoint('10.0.0.1')], [stored('web-1', [])], '2026-01-01T00:00:00Z');
    assert.deepEqual([sizes(filled.create), sizes(filled.update), filled.delete], [[], [1], []]);
    assert.equal(filled.update[0]?.metadata.name, 'web-1');
    const time = filled.update[0]?.metadata.annotations?.['endpoints.kubernetes.io/last-change-trigger-time'];
    assert.equal(time, '2026-01-01T00:00:00Z');
    const emptied = reconcile([], [stored('web-1', [endpoint('10.0.0.1')])]);
    assert.deepEqual([sizes(emptied.update), emptied.update[0]?.ports], [[null], null]);
    assert.equal(emptied.update[0]?.metadata.annotations, undefined);
  });

  it('changes nothing where all is said', () => {
    const slice = stored('web-1', many(3));
    assert.deepEqual(reconcile(many(3), [slice]), { create: [], update: [], delete: [] });
    assert.deepEqual(sizes(reconcile([endpoint('10.0.0.0', false), ...many(2, 1)], [slice]).update), [3]);
  });

  it('cuts at 100 endpoints, and puts new ones where there is room', () => {
    assert.deepEqual(sizes(reconcile(many(250), []).create), [100, 100, 50]);
    const existing = [stored('full', many(100)), stored('half', many(50, 100))];
    const more = reconcile(many(151), existing);
    assert.deepEqual([sizes(more.create), sizes(more.update)], [[], [51]]);
    const fewer = reconcile(many(100), existing);
    assert.deepEqual([fewer.update, fewer.delete.map(({ metadata }) => metadata.name)], [[], ['half']]);
  });
});

describe('endpointslice-controller', () => {
  const manifest = `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}
`;
  const slices = (world: World) => world.list<EndpointSlice>('endpointslices.discovery.k8s.io');
  const writes = (world: World) =>
    world.stores().filter(({ resource }) => resource.startsWith('endpointslices')).length;

  it('makes a slice for a Service and keeps it up to date, Pods that come together in one write', () => {
    const world = new World(node('node1')).create(manifest).run(100);
    const [slice] = slices(world);
    assert.match(slice?.metadata.name ?? '', /^web-[a-z0-9]{5}$/);
    assert.equal(slice?.endpoints, null);
    world.startPods().run(100);
    assert.deepEqual(
      slices(world)[0]
        ?.endpoints.map(({ addresses, conditions }) => `${addresses[0]} ${conditions?.ready}`)
        .sort(),
      ['10.244.0.1 true', '10.244.0.2 true', '10.244.0.3 true'],
    );
    assert.equal(writes(world), 2);
    world.delete('services', 'web').run(100);
    assert.deepEqual(slices(world), []);
  });

  it('waits a second when its own last write has not come back yet', () => {
    const world = new World(node('node1')).create(manifest).run(12);
    assert.equal(writes(world), 1);
    // A change in the same moment as the write: the slice is not in the informer's copy.
    world.startPods().run(500);
    const before = writes(world);
    world.run(1500);
    assert.ok(before <= 2 && writes(world) === 2);
  });

  it('makes a slice again that somebody deleted', () => {
    const world = new World(node('node1')).create(manifest).run(100);
    const [slice] = slices(world);
    world.delete('endpointslices.discovery.k8s.io', slice?.metadata.name ?? '').run(100);
    assert.equal(slices(world).length, 1);
  });

  it('tells of a Pod on a node that is not there, and of hints that are not modelled', () => {
    const world = new World().create(manifest).run(100).startPods().run(100);
    const [event = ''] = world.events().filter((text) => text.includes('FailedToUpdateEndpointSlices'));
    assert.match(
      event,
      /^Warning FailedToUpdateEndpointSlices Service\/web: Error updating Endpoint Slices for Service default\/web: \[?skipping Pod web-/,
    );
    const hinted =
      '{apiVersion: v1, kind: Service, metadata: {name: auto, annotations: {service.kubernetes.io/topology-mode: Auto}}, spec: {selector: {a: b}, ports: [{port: 80}]}}';
    world.create(hinted).run(100);
    const reason = 'topology hints of service.kubernetes.io/topology-mode are not modelled';
    assert.ok(world.unknown().includes(`Service: ${reason}`));
  });
});
