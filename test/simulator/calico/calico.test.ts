// Which address a Pod gets, and who learns of it.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatCidr, formatIpv4, parseCidr, parseIpv4 } from '../../../src/simulator/calico/addresses.ts';
import { startCalico } from '../../../src/simulator/calico/index.ts';
import { Ipam } from '../../../src/simulator/calico/ipam.ts';
import { node, objectsOf, World } from '../kube-controller-manager/world.ts';

const cidrs = (ranges: Readonly<Record<string, string | undefined>>) => () => new Map(Object.entries(ranges));

describe('addresses', () => {
  it('are read and written', () => {
    assert.equal(formatIpv4(parseIpv4('10.244.1.255') ?? 0), '10.244.1.255');
    assert.deepEqual(['1.2.3', '1.2.3.256', 'a.b.c.d'].map(parseIpv4), [undefined, undefined, undefined]);
    assert.equal(formatCidr(parseCidr('10.244.1.77/26') ?? { first: 0, prefix: 0 }), '10.244.1.64/26');
    assert.deepEqual(['10.0.0.0', '10.0.0.0/33', 'fd00::/64'].map(parseCidr), [undefined, undefined, undefined]);
  });
});

describe('Ipam', () => {
  it('takes blocks from the podCIDR of the node, behind the address of its tunnel', () => {
    const ipam = new Ipam('10.244.0.0/16');
    const ranges = cidrs({ a: '10.244.3.0/24', b: undefined });
    const given = ['1', '2'].map((id) => ipam.assign('a', id, ranges));
    assert.deepEqual(given, [
      { ip: '10.244.3.1', block: '10.244.3.0/26', newBlock: true },
      { ip: '10.244.3.2', block: '10.244.3.0/26', newBlock: false },
    ]);
    assert.equal(ipam.assign('b', '3', ranges)?.ip, '10.244.0.1');
  });

  it('goes on to the next block when one is full, and leaves the podCIDRs of others alone', () => {
    const ipam = new Ipam('10.244.0.0/16');
    const ranges = cidrs({ a: '10.244.0.0/25', b: '10.244.0.128/25' });
    const ips = Array.from({ length: 130 }, (_, i) => ipam.assign('a', String(i), ranges)?.ip);
    assert.deepEqual(
      [ips[62], ips[63], ips[126], ips[127]],
      ['10.244.0.63', '10.244.0.64', '10.244.0.127', '10.244.1.0'],
    );
  });

  it('uses an address that became free as late as possible', () => {
    const ipam = new Ipam('10.0.0.0/26');
    assert.equal(ipam.assign('a', 'first', cidrs({}))?.ip, '10.0.0.1');
    ipam.release('first');
    ipam.release('never there');
    const ips = Array.from({ length: 64 }, (_, i) => ipam.assign('a', String(i), cidrs({}))?.ip);
    assert.deepEqual([ips[0], ips[61], ips[62], ips[63]], ['10.0.0.2', '10.0.0.63', '10.0.0.1', undefined]);
  });

  it('never gives an address twice', () => {
    const step = fc.record({ node: fc.constantFrom('a', 'b', 'c'), release: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const ipam = new Ipam('10.244.0.0/23');
        const held = new Map<string, string>();
        steps.forEach(({ node: name, release }, i) => {
          const [oldest] = held.keys();
          if (release && oldest !== undefined) {
            ipam.release(oldest);
            held.delete(oldest);
            return;
          }
          const ip = ipam.assign(name, String(i), cidrs({ a: '10.244.0.0/24', b: '10.9.0.0/24' }))?.ip;
          assert.ok(ip !== undefined && ![...held.values()].includes(ip));
          held.set(String(i), ip);
        });
      }),
    );
  });
});

describe('Calico', () => {
  const placed = (name: string, podCIDR: string, address: string) => ({
    ...node(name),
    spec: { podCIDR },
    status: { addresses: [{ type: 'InternalIP', address }] },
  });
  const running = `
apiVersion: v1
kind: Pod
metadata: {name: old, namespace: default}
spec: {nodeName: a, containers: [{name: c, image: i}]}
status: {phase: Running, podIP: 10.244.1.1}
`;

  it('leaves Pods their addresses and tells the other nodes the way to a new block', () => {
    const nodes = [placed('a', '10.244.1.0/24', '192.168.0.1'), placed('b', '10.244.2.0/24', '192.168.0.2')];
    const world = new World(...nodes, ...objectsOf(running));
    const calico = startCalico({ kernel: world.kernel, client: world.user });
    assert.deepEqual(calico.cni('a').add({ podName: 'x', sandboxId: '1' }), { ip: '10.244.1.2' });
    assert.deepEqual(calico.cni('b').add({ podName: 'y', sandboxId: '2' }), { ip: '10.244.2.1' });
    const actions = world.trace.flatMap((entry) => (entry.type === 'action' ? [entry.action] : []));
    assert.deepEqual(actions, [
      { type: 'ipam', ip: '10.244.1.2', block: '10.244.1.0/26' },
      { type: 'ipam', ip: '10.244.2.1', block: '10.244.2.0/26' },
      { type: 'route', destination: '10.244.2.0/26', via: '192.168.0.2', node: 'a' },
    ]);
  });
});
