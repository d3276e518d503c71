// Names: what is asked for a short one, and what CoreDNS answers.
import assert from 'node:assert/strict';
import type { EndpointSlice, Namespace, Pod, Service } from '../../../src/api/object.ts';
import { dnsQueries, resolve, startCoreDns } from '../../../src/simulator/coredns/index.ts';
import { objectsOf, World } from '../kube-controller-manager/world.ts';

const objects = objectsOf(`
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 10.96.0.9, ports: [{name: http, port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {clusterIP: None, ports: [{name: pg, port: 5432}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: idle, namespace: shop}, spec: {clusterIP: None}}
---
{apiVersion: v1, kind: Service, metadata: {name: out, namespace: shop}, spec: {type: ExternalName, externalName: example.com}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: db-1, namespace: shop, labels: {kubernetes.io/service-name: db}}
addressType: IPv4
ports: [{name: pg, port: 5432, protocol: TCP}]
endpoints:
- {addresses: [10.244.0.1], hostname: db-0, conditions: {ready: true}}
- {addresses: [10.244.0.2], conditions: {ready: true}}
- {addresses: [10.244.0.3], conditions: {ready: false}}
`);
const ofKind = <T>(kind: string) => objects.filter((object) => object.kind === kind) as T[];
const cluster = {
  namespaces: ofKind<Namespace>('Namespace'),
  services: ofKind<Service>('Service'),
  slices: ofKind<EndpointSlice>('EndpointSlice'),
};

/** Name below cluster.local → rcode and addresses. */
const rows: readonly (readonly [string, string])[] = [
  ['web.shop.svc', 'NOERROR 10.96.0.9'],
  ['WEB.Shop.svc', 'NOERROR 10.96.0.9'],
  ['_http._tcp.web.shop.svc', 'NOERROR 10.96.0.9'],
  ['_nope._tcp.web.shop.svc', 'NXDOMAIN '],
  ['nope.shop.svc', 'NXDOMAIN '],
  ['web.nope.svc', 'NXDOMAIN '],
  ['shop.svc', 'NOERROR '],
  ['svc', 'NOERROR '],
  ['nope', 'NXDOMAIN '],
  ['ns.dns', 'NOERROR '],
  ['db.shop.svc', 'NOERROR 10.244.0.1 10.244.0.2'],
  ['_pg._tcp.db.shop.svc', 'NOERROR 10.244.0.1 10.244.0.2'],
  ['db-0.db.shop.svc', 'NOERROR 10.244.0.1'],
  ['10-244-0-2.db.shop.svc', 'NOERROR 10.244.0.2'],
  ['10-244-0-1.db.shop.svc', 'NXDOMAIN '],
  ['10-244-0-3.db.shop.svc', 'NXDOMAIN '],
  ['idle.shop.svc', 'NXDOMAIN '],
  ['10-1-2-3.shop.pod', 'NOERROR 10.1.2.3'],
  ['10-1-2-300.shop.pod', 'NXDOMAIN '],
  ['fd00--1.shop.pod', 'NOERROR '],
];

describe('resolve', () => {
  for (const [name, expected] of rows) {
    it(`${name}: ${expected}`, () => {
      const answer = resolve(cluster, `${name}.cluster.local.`);
      assert.equal(`${answer?.rcode} ${answer?.addresses.join(' ')}`, expected);
    });
  }

  it('passes the name behind an ExternalName Service on, and other names by', () => {
    assert.equal(resolve(cluster, 'out.shop.svc.cluster.local.')?.cname, 'example.com.');
    assert.equal(resolve(cluster, 'example.com.'), undefined);
    assert.deepEqual(resolve(cluster, 'fd00--1.shop.pod.cluster.local', 'AAAA')?.addresses, ['fd00::1']);
  });
});

describe('dnsQueries', () => {
  const pod = (spec: string) =>
    objectsOf(`{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: shop}, spec: ${spec}}`)[0] as Pod;

  it('walk through the search path of the Pod', () => {
    assert.deepEqual(dnsQueries(pod('{}'), 'web'), [
      'web.shop.svc.cluster.local.',
      'web.svc.cluster.local.',
      'web.cluster.local.',
      'web.',
    ]);
    assert.deepEqual(dnsQueries(pod('{}'), 'web.shop.svc.cluster.local.'), ['web.shop.svc.cluster.local.']);
    assert.equal(dnsQueries(pod('{}'), 'a.b.c.d.e.f')?.[0], 'a.b.c.d.e.f.');
  });

  it('follow dnsConfig, and are unknown where the node decides', () => {
    const own = "{dnsPolicy: None, dnsConfig: {searches: [corp.example], options: [{name: ndots, value: '2'}]}}";
    assert.deepEqual(dnsQueries(pod(own), 'a.b'), ['a.b.corp.example.', 'a.b.']);
    assert.equal(dnsQueries(pod('{dnsPolicy: Default}'), 'web'), undefined);
    assert.equal(dnsQueries(pod('{hostNetwork: true}'), 'web'), undefined);
    assert.equal(dnsQueries(pod('{hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet}'), 'web')?.length, 4);
  });
});

describe('CoreDNS', () => {
  it('tells of names that come and go', () => {
    const world = new World();
    startCoreDns({ kernel: world.kernel, client: world.user });
    world.create(
      '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {clusterIP: 10.96.0.9, ports: [{port: 80}]}}',
    );
    world.run(100).delete('services', 'web').run(100);
    const records = world.trace.flatMap((entry) =>
      entry.type === 'action' && entry.action.type === 'dns-record'
        ? [`${entry.action.name} ${entry.action.addresses.join()}`]
        : [],
    );
    assert.deepEqual(records, ['web.default.svc.cluster.local. 10.96.0.9', 'web.default.svc.cluster.local. ']);
  });
});
