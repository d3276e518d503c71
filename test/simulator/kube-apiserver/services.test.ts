import assert from 'node:assert/strict';
import type { Service } from '../../../src/api/object.ts';
import { Cluster, message, type Manifest } from './server-fixture.ts';

const service = (name: string, spec: Manifest): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { ports: [{ port: 80 }], ...spec },
});

const target = (name: string) => ({ resource: 'services', namespace: 'default', name });

describe('services', () => {
  it('gives a Service an address of the range that nobody has', () => {
    const cluster = new Cluster();
    const ips = ['a', 'b', 'c'].map((name) => cluster.add<Service>(service(name, {})).spec?.clusterIP ?? '');
    assert.equal(new Set(ips).size, 3);
    for (const ip of ips) {
      const [first, second] = ip.split('.').map(Number);
      assert.ok(first === 10 && second !== undefined && second >= 96 && second < 112, ip);
    }
    const { spec, status } = cluster.add<Service>(service('d', { clusterIP: '10.96.0.7' }));
    assert.deepEqual(
      [spec?.clusterIPs, spec?.ipFamilies, spec?.ipFamilyPolicy, status],
      [['10.96.0.7'], ['IPv4'], 'SingleStack', { loadBalancer: {} }],
    );
  });

  it('gives none to a headless Service and to one that is only a name', () => {
    const cluster = new Cluster();
    const headless = cluster.add<Service>(service('a', { clusterIP: 'None' })).spec;
    assert.deepEqual([headless?.clusterIP, headless?.clusterIPs, headless?.ipFamilies], ['None', ['None'], ['IPv4']]);
    const named = cluster.add<Service>(service('b', { type: 'ExternalName', externalName: 'a.b' })).spec;
    assert.deepEqual([named?.clusterIP, named?.ipFamilies], [undefined, undefined]);
    const free = cluster.add<Service>(service('c', { clusterIP: 'None', ipFamilyPolicy: 'RequireDualStack' })).spec;
    assert.deepEqual(free?.ipFamilies, ['IPv4', 'IPv6']);
  });

  const refusals: [spec: Manifest, text: string][] = [
    [
      { clusterIP: '10.96.0.1' },
      'spec.clusterIPs: Invalid value: ["10.96.0.1"]: failed to allocate IP 10.96.0.1: provided IP is already allocated',
    ],
    [
      { clusterIP: '192.168.0.1' },
      'spec.clusterIPs: Invalid value: ["192.168.0.1"]: failed to allocate IP 192.168.0.1: the provided IP (192.168.0.1) ' +
        'is not in the valid range. The range of valid IPs is 10.96.0.0/12',
    ],
    [
      { clusterIP: 'fd00::10' },
      'spec.clusterIPs[0]: Invalid value: ["fd00::10"]: IPv6 is not configured on this cluster',
    ],
    [{ ipFamilies: ['IPv6'] }, 'spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster'],
    [
      { ipFamilyPolicy: 'RequireDualStack' },
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    ],
    [
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30007 }] },
      'spec.ports[0].nodePort: Invalid value: 30007: provided port is already allocated',
    ],
    [
      { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] },
      'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ],
  ];
  for (const [spec, text] of refusals) {
    it(`refuses ${JSON.stringify(spec)}`, () => {
      const taken = { type: 'NodePort', clusterIP: '10.96.0.1', ports: [{ port: 443, nodePort: 30007 }] };
      const response = new Cluster(service('kubernetes', taken)).create(service('web', spec));
      assert.deepEqual([response.code, message(response)], [422, `Service "web" is invalid: ${text}`]);
    });
  }

  it('gives ports of one number one node port, and each other port its own', () => {
    const ports = [
      { name: 'tcp', port: 53 },
      { name: 'udp', port: 53, protocol: 'UDP' },
      { name: 'http', port: 80 },
    ];
    const { spec } = new Cluster().add<Service>(service('dns', { type: 'NodePort', ports }));
    const [tcp = 0, udp, http] = (spec?.ports ?? []).map(({ nodePort }) => nodePort);
    assert.ok(tcp >= 30_000 && tcp <= 32_767);
    assert.equal(tcp, udp);
    assert.notEqual(tcp, http);
  });

  it('gives a port for health checks where traffic stays local, and no ports where none are asked for', () => {
    const local = { type: 'LoadBalancer', externalTrafficPolicy: 'Local', allocateLoadBalancerNodePorts: false };
    const { spec } = new Cluster().add<Service>(service('lb', local));
    assert.ok((spec?.healthCheckNodePort ?? 0) >= 30_000);
    assert.equal(spec?.ports?.[0]?.nodePort, undefined);
  });

  it('keeps what was allocated through an update that does not mention it', () => {
    const cluster = new Cluster();
    const before = cluster.add<Service>(service('web', { type: 'NodePort' }));
    const bare = service('web', { type: 'NodePort', selector: { app: 'web' } }) as unknown as Service;
    const response = cluster.kubectl.update<Service>(target('web'), bare);
    assert.ok(response.ok);
    const { clusterIP, clusterIPs, ports } = response.object.spec ?? {};
    assert.deepEqual(
      [clusterIP, clusterIPs, ports],
      [before.spec?.clusterIP, before.spec?.clusterIPs, before.spec?.ports],
    );
  });

  it('gives back what a changed type has no use for', () => {
    const cluster = new Cluster(service('web', { type: 'NodePort' }));
    const inner = cluster.kubectl.patch<Service>(target('web'), 'merge', { spec: { type: 'ClusterIP' } });
    assert.ok(inner.ok);
    assert.deepEqual(
      [inner.object.spec?.ports?.[0]?.nodePort, inner.object.spec?.externalTrafficPolicy],
      [undefined, undefined],
    );
    const named = { spec: { type: 'ExternalName', externalName: 'a.b' } };
    const outer = cluster.kubectl.patch<Service>(target('web'), 'merge', named);
    assert.ok(outer.ok);
    assert.deepEqual([outer.object.spec?.clusterIP, outer.object.spec?.clusterIPs], [undefined, undefined]);
    const back = cluster.kubectl.patch<Service>(target('web'), 'merge', { spec: { type: 'ClusterIP' } });
    assert.ok(back.ok && back.object.spec?.clusterIP?.startsWith('10.'));
  });

  it('keeps node ports by the names of ports', () => {
    const two = (http: number) => ({
      type: 'NodePort',
      ports: [
        { name: 'http', port: http },
        { name: 'admin', port: 8081 },
      ],
    });
    const cluster = new Cluster();
    const before = cluster.add<Service>(service('web', two(80)));
    const moved = cluster.kubectl.update<Service>(target('web'), service('web', two(8080)) as unknown as Service);
    assert.ok(moved.ok);
    const nodePorts = ({ spec }: Service) => spec?.ports?.map(({ nodePort }) => nodePort);
    assert.deepEqual(nodePorts(moved.object), nodePorts(before));
  });

  it('takes a new address for a change of both fields, and says of both that they may not change', () => {
    const cluster = new Cluster(service('web', { clusterIP: '10.96.77.7' }), service('bare', { clusterIP: 'None' }));
    for (const name of ['web', 'bare']) {
      const answer = cluster.kubectl.patch<Service>(target(name), 'merge', { spec: { clusterIP: '10.96.77.8' } });
      assert.equal(
        message(answer),
        `Service "${name}" is invalid: spec.clusterIPs[0]: Invalid value: ["10.96.77.8"]: may not change once set`,
      );
    }
  });

  it('shows no policy for traffic from inside where there is no address', () => {
    const cluster = new Cluster(service('web', {}));
    const named = { spec: { type: 'ExternalName', externalName: 'a.b' } };
    const answer = cluster.kubectl.patch<Service>(target('web'), 'merge', named);
    assert.ok(answer.ok);
    assert.equal(answer.object.spec?.internalTrafficPolicy, undefined);
  });
});
