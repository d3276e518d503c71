// What becomes of traffic to a Service on a node.
import assert from 'node:assert/strict';
import type { EndpointSlice, Service } from '../../../src/api/object.ts';
import { rewrite, rulesOf, startKubeProxy } from '../../../src/simulator/kube-proxy/index.ts';
import { serviceKeyOf } from '../../../src/simulator/kube-proxy/rules.ts';
import { node, objectsOf, World } from '../kube-controller-manager/world.ts';

const here = { name: 'node1', zone: 'a' };

const service = (more = '') =>
  objectsOf(`
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec: {clusterIP: 10.96.0.100, clusterIPs: [10.96.0.100], ports: [{port: 80, protocol: TCP}]${more}}
`)[0] as Service;

/** One endpoint a line: address, node, conditions and hints as in a slice. */
const slice = (...endpoints: readonly string[]) =>
  objectsOf(`
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, namespace: default, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
ports: [{name: '', port: 8080, protocol: TCP}]
endpoints: [${endpoints.map((endpoint) => `{${endpoint}}`).join(', ')}]
`)[0] as EndpointSlice;

const ready = (ip: string, more = '') =>
  `addresses: [${ip}], nodeName: node${ip.at(-1)}, conditions: {ready: true}${more}`;
const leaving = (ip: string) =>
  `addresses: [${ip}], nodeName: node${ip.at(-1)}, conditions: {ready: false, serving: true, terminating: true}`;
const unready = (ip: string) => `addresses: [${ip}], conditions: {ready: false, serving: false}`;

/** `10.96.0.100:80 -> …` for each address of the Service on node1. */
const told = (of: Service, ...slices: readonly EndpointSlice[]) =>
  rulesOf(of, slices, here).map(
    ({ address, endpoints, otherwise }) => `${address} -> ${endpoints.join(' ') || otherwise}`,
  );

const rows: readonly (readonly [string, Service, EndpointSlice, readonly string[]])[] = [
  [
    'to its ready endpoints',
    service(),
    slice(ready('10.0.0.2'), ready('10.0.0.1'), unready('10.0.0.3')),
    ['10.96.0.100:80 -> 10.0.0.1:8080 10.0.0.2:8080'],
  ],
  ['nowhere without endpoints', service(), slice(), ['10.96.0.100:80 -> reject']],
  [
    'to what is going, if there is nothing else',
    service(),
    slice(leaving('10.0.0.2')),
    ['10.96.0.100:80 -> 10.0.0.2:8080'],
  ],
  [
    'not to what is going, if there is something else',
    service(),
    slice(leaving('10.0.0.2'), ready('10.0.0.1')),
    ['10.96.0.100:80 -> 10.0.0.1:8080'],
  ],
  [
    'only within the node',
    service(', internalTrafficPolicy: Local'),
    slice(ready('10.0.0.1'), ready('10.0.0.2')),
    ['10.96.0.100:80 -> 10.0.0.1:8080'],
  ],
  [
    'to nobody where the only ones are elsewhere',
    service(', internalTrafficPolicy: Local'),
    slice(ready('10.0.0.2')),
    ['10.96.0.100:80 -> drop'],
  ],
  [
    'within the zone, if every endpoint has a hint',
    service(),
    slice(ready('10.0.0.1', ', hints: {forZones: [{name: a}]}'), ready('10.0.0.2', ', hints: {forZones: [{name: b}]}')),
    ['10.96.0.100:80 -> 10.0.0.1:8080'],
  ],
  [
    'to the node first',
    service(),
    slice(
      ready('10.0.0.1', ', hints: {forNodes: [{name: node1}]}'),
      ready('10.0.0.2', ', hints: {forNodes: [{name: node2}]}'),
    ),
    ['10.96.0.100:80 -> 10.0.0.1:8080'],
  ],
  [
    'to none without an address of its own',
    service().spec ? { ...service(), spec: { clusterIP: 'None' } } : service(),
    slice(ready('10.0.0.1')),
    [],
  ],
];

describe('rules of a Service', () => {
  for (const [title, given, endpoints, expected] of rows) {
    it(`send traffic ${title}`, () => assert.deepEqual(told(given, endpoints), expected));
  }

  it('have a node port with a policy of its own', () => {
    const nodePort = service(', type: NodePort, externalTrafficPolicy: Local');
    const withPort = {
      ...nodePort,
      spec: { ...nodePort.spec, ports: [{ port: 80, protocol: 'TCP', nodePort: 30080 }] },
    };
    assert.deepEqual(told(withPort, slice(ready('10.0.0.2'))), ['10.96.0.100:80 -> 10.0.0.2:8080', '*:30080 -> drop']);
  });

  it('are the same on every node, unless a policy or a hint tells nodes apart', () => {
    const elsewhere = { name: 'node2', zone: 'b' };
    const [ofService, slices] = [service(), [slice(ready('10.0.0.1'), ready('10.0.0.2'))]];
    assert.equal(rulesOf(ofService, slices, here), rulesOf(ofService, [...slices], elsewhere));
    const changed = [slice(ready('10.0.0.2'))];
    assert.deepEqual(rulesOf(ofService, changed, here)[0]?.endpoints, ['10.0.0.2:8080']);
    const local = service(', internalTrafficPolicy: Local');
    assert.deepEqual(rulesOf(local, slices, here)[0]?.endpoints, ['10.0.0.1:8080']);
    assert.deepEqual(rulesOf(local, slices, elsewhere)[0]?.endpoints, ['10.0.0.2:8080']);
  });

  it('say what becomes of a connection', () => {
    const rules = rulesOf(service(), [slice(ready('10.0.0.1'))], here);
    assert.deepEqual(rewrite(rules, '10.96.0.100:80')?.endpoints, ['10.0.0.1:8080']);
    assert.equal(rewrite(rules, '10.96.0.100:81'), undefined);
    assert.equal(rewrite(rules, '10.96.0.100:80', 'UDP'), undefined);
  });

  it('leave headless slices out', () => {
    const given = slice();
    assert.equal(serviceKeyOf(given), 'default/web');
    const labels = { ...given.metadata.labels, 'service.kubernetes.io/headless': '' };
    assert.equal(serviceKeyOf({ ...given, metadata: { ...given.metadata, labels } }), undefined);
  });
});

describe('kube-proxy', () => {
  const manifest = `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.0.100, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: nginx}]}
`;

  it('tells of its rules when they change, at most once a second', () => {
    const world = new World(node('node1'));
    startKubeProxy({ kernel: world.kernel, client: world.user }, { nodeName: 'node1' });
    const since = world.kernel.now;
    world.create(manifest).run(100).startPods().run(2000).delete('services', 'web').run(2000);
    const rules = world.trace.flatMap((entry) => {
      if (entry.type !== 'action' || entry.action.type !== 'service-rules') return [];
      const { address, endpoints, verdict } = entry.action;
      return [`${Math.floor((entry.time - since) / 1000)}s ${address} -> ${verdict ?? endpoints.join(' ')}`];
    });
    assert.deepEqual(rules, [
      '0s 10.96.0.100:80 -> reject',
      '1s 10.96.0.100:80 -> 10.244.0.1:8080',
      '2s 10.96.0.100:80 -> unrouted',
    ]);
  });
});
