import { deepEqual, equal, match } from 'node:assert/strict';
import type { KubeObject, Pod } from '../../../../src/api/object.ts';
import { snapshotOf } from '../../../../src/simulator/kube-scheduler/index.ts';
import { dynamicResources } from '../../../../src/simulator/kube-scheduler/plugins/dynamic-resources/index.ts';
import { askFilter, askScore, isWokenBy, judge, makeNode, makePod } from '../cluster.ts';
import {
  ask,
  cel,
  driver,
  isModel,
  makeAllocatedClaim,
  makeClaim,
  makeDevice,
  makeDeviceClass,
  makeSlice,
  using,
} from '../devices.ts';

describe('DynamicResources', () => {
  const pod = makePod('x', using('gpu'));
  const filter = (cluster: readonly KubeObject[], which: Pod = pod) => askFilter(dynamicResources, cluster, which);
  const two = [makeNode('a'), makeNode('b'), makeDeviceClass()];

  describe('waiting', () => {
    const wanting = (resourceClaims: NonNullable<Pod['spec']>['resourceClaims']) =>
      makePod('x', { resourceClaims: resourceClaims ?? [] });
    const reason = (cluster: KubeObject[], which: Pod) =>
      dynamicResources.preEnqueue?.(which, snapshotOf(cluster).listers)?.reasons.join() ?? 'enters';

    it('waits for claims to exist', () => {
      equal(reason([], pod), 'could not find ResourceClaim "default/gpu"');
      const leaving = makeClaim('gpu', [], { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
      equal(reason([leaving], pod), 'resourceclaim "gpu" is being deleted');
      equal(reason([makeClaim('gpu')], pod), 'enters');
    });

    it('waits for claims that are made from a template', () => {
      const template = { name: 'gpu', resourceClaimTemplateName: 'gpu' };
      equal(reason([], wanting([template])), 'pod "default/x": ResourceClaim not created yet');
      const noted = {
        ...wanting([template]),
        status: { resourceClaimStatuses: [{ name: 'gpu', resourceClaimName: 'x-gpu' }] },
      };
      equal(
        reason([makeClaim('x-gpu')], noted),
        'ResourceClaim default/x-gpu was not created for Pod default/x (Pod is not owner)',
      );
      const ownerReferences = [{ apiVersion: 'v1', kind: 'Pod', name: 'x', uid: 'x', controller: true }];
      equal(reason([makeClaim('x-gpu', [], { metadata: { ownerReferences } })], noted), 'enters');
      equal(reason([], { ...noted, status: { resourceClaimStatuses: [{ name: 'gpu' }] } }), 'enters');
    });

    it('has nothing to do for a Pod without claims', () => {
      deepEqual(filter(two, makePod('x')), ['Skip']);
    });

    it('refuses claims that ask for a class that is not there', () => {
      deepEqual(filter([makeNode('a'), makeClaim('gpu')]), ['U&U request gpu: device class gpu does not exist']);
      const alternatives = { name: 'gpu', firstAvailable: [{ name: 'big', deviceClassName: 'tpu' }] };
      deepEqual(filter([...two, makeClaim('gpu', [alternatives])]), [
        'U&U request gpu/big: device class tpu does not exist',
      ]);
    });

    it('wakes the Pod for what can help', () => {
      const old = makeClaim('gpu');
      const now = makeAllocatedClaim('gpu', 'a');
      const claimEvent = (event: object) =>
        isWokenBy(dynamicResources, pod, { resource: 'ResourceClaim', action: 'Update', ...event });
      equal(isWokenBy(dynamicResources, pod, { resource: 'ResourceClaim', action: 'Add', after: old }), true);
      equal(claimEvent({ before: old, after: now }), true);
      equal(claimEvent({ before: old, after: { ...old } }), false, 'the status is the same');
      equal(claimEvent({ before: makeClaim('other'), after: makeAllocatedClaim('other', 'a') }), false);
      equal(
        claimEvent({ before: makeAllocatedClaim('other', 'a'), after: makeClaim('other') }),
        true,
        'devices are free',
      );
      const slice = makeSlice('a', []);
      equal(isWokenBy(dynamicResources, pod, { resource: 'ResourceSlice', action: 'Add', after: slice }), true);
    });
  });

  describe('claims with devices', () => {
    it('tie the Pod to the nodes that reach them', () => {
      deepEqual(filter([...two, makeAllocatedClaim('gpu', 'b')]), [
        'a: U&U resourceclaim not available on the node',
        'b: fits',
      ]);
    });

    it('get freed if nobody else uses them', () => {
      const full = makeNode('b', { unschedulable: true });
      const cluster = [makeNode('a'), full, makeDeviceClass()];
      const claim = makeAllocatedClaim('gpu', 'b');
      const why = '0/2 nodes are available: 1 node(s) were unschedulable, 1 resourceclaim not available on the node.';
      const rest = 'preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.';
      equal(judge([...cluster, claim], pod), `${why} deallocation of ResourceClaim completed, ${rest}`);
      const reservedFor = [{ resource: 'pods', name: 'y', uid: 'y' }];
      const inUse = { ...claim, status: { ...claim.status, reservedFor } };
      equal(judge([...cluster, inUse], pod), `${why} still not schedulable, ${rest}`);
    });

    it('are not waited for forever', () => {
      const since = (allocationTimestamp: string) => {
        const claim = makeAllocatedClaim('gpu', 'a');
        const { allocation } = claim.status ?? {};
        const [result = { request: '', driver, pool: '', device: '' }] = allocation?.devices?.results ?? [];
        const results = [{ ...result, bindingConditions: ['example.com/ready'] }];
        const status = { allocation: { ...allocation, allocationTimestamp, devices: { results } } };
        return filter([...two, { ...claim, status } as KubeObject])[0];
      };
      equal(since('2026-01-01T00:00:00Z'), 'a: fits');
      equal(since('2025-12-31T23:49:00Z'), 'a: U&U resourceclaim not available on the node');
    });

    it('stay where no node comes to be asked about them', () => {
      const cluster = ['a', 'b'].map((name) => makeNode(name, { unschedulable: true }));
      const message = judge([...cluster, makeDeviceClass(), makeAllocatedClaim('gpu', 'c')], pod);
      equal(message.includes('2 node(s) were unschedulable. still not schedulable, '), true, message);
    });
  });

  describe('allocation', () => {
    const onA = (...devices: ReturnType<typeof makeDevice>[]) => [...two, makeSlice('a', devices)];

    it('takes devices that class and request select and that are free', () => {
      const cluster = onA(makeDevice('gpu-0'), makeDevice('gpu-1', 'h100'));
      deepEqual(filter([...cluster, makeClaim('gpu')]), ['a: fits', 'b: U&U cannot allocate all claims']);
      const wantsH100 = makeClaim('gpu', [ask('gpu', { selectors: isModel('h100') })]);
      deepEqual(filter([...cluster, wantsH100])[0], 'a: fits');
      const other = makeAllocatedClaim('other', 'a', ['gpu-1']);
      deepEqual(filter([...cluster, wantsH100, other])[0], 'a: U&U cannot allocate all claims');
    });

    it('compares capacities and versions', () => {
      const device = makeDevice('gpu-0', 'a100', {
        capacity: { memory: { value: '80Gi' } },
        attributes: { version: { version: '1.2.3' }, ok: { bool: true }, index: { int: 7 } },
      });
      const fits = (expression: string) =>
        filter([...onA(device), makeClaim('gpu', [ask('gpu', { selectors: cel(expression) })])])[0];
      const own = (map: string) => `device.${map}["${driver}"]`;
      equal(fits(`${own('capacity')}.memory.compareTo(quantity("60Gi")) >= 0`), 'a: fits');
      equal(fits(`${own('attributes')}.version.isGreaterThan(semver("1.2.2"))`), 'a: fits');
      equal(fits(`${own('attributes')}.ok && ${own('attributes')}.index > 6`), 'a: fits');
      equal(
        fits(`"x" in ${own('attributes')} || "other.example.com" in device.attributes`),
        'a: U&U cannot allocate all claims',
      );
      equal(
        fits('device.attributes["other.example.com"].model == "x"'),
        'a: Error claim default/gpu: selector #0: CEL runtime error: no such key: model',
      );
    });

    it('says which attributes are no conditions', () => {
      const told = { text: { string: 'x' }, version: { version: '1.2.3' }, index: { int: 7 } };
      const on = onA(makeDevice('gpu-0', 'a100', { attributes: told }));
      const saying = (name: string) => {
        const selectors = cel(`device.attributes["${driver}"].${name}`);
        return judge([...on, makeClaim('gpu', [ask('gpu', { selectors })])], pod).split('error: ')[1];
      };
      deepEqual(['text', 'version', 'index'].map(saying), [
        "CEL result of type string could not be converted to bool: unsupported native conversion from string to 'bool'",
        "CEL result of type kubernetes.Semver could not be converted to bool: type conversion error from 'Semver' to 'bool'",
        "CEL result of type int could not be converted to bool: unsupported type conversion from 'int' to bool",
      ]);
    });

    it('leaves open what it cannot read', () => {
      const claim = makeClaim('gpu', [ask('gpu', { selectors: cel('device.future') })]);
      equal(
        judge([...onA(makeDevice('gpu-0')), claim], pod),
        'unknown: claim default/gpu: selector #0 cannot be read: No such key: future (device.future)',
      );
    });

    it('takes all devices, or none', () => {
      const all = makeClaim('gpu', [ask('gpu', { allocationMode: 'All' })]);
      const cluster = onA(makeDevice('gpu-0'), makeDevice('gpu-1'));
      deepEqual(filter([...cluster, all]), ['a: fits', 'b: U&U cannot allocate all claims']);
      deepEqual(filter([...cluster, all, makeAllocatedClaim('other', 'a')])[0], 'a: U&U cannot allocate all claims');
      const incomplete = makeSlice('a', [], { pool: { name: 'a', generation: 1, resourceSliceCount: 2 } });
      const text = `asks for all devices, but resource pool ${driver}/a is currently being updated`;
      deepEqual(filter([...two, incomplete, all])[0], `a: Error claim default/gpu, request gpu: ${text}`);
    });

    it('goes back when a choice turns out wrong', () => {
      const cluster = onA(makeDevice('gpu-0', 'h100'), makeDevice('gpu-1'));
      const any = ask('any');
      const h100 = ask('h100', { selectors: isModel('h100') });
      deepEqual(filter([...cluster, makeClaim('gpu', [any, h100])])[0], 'a: fits');
      const claims = [makeClaim('gpu', [any]), makeClaim('second', [h100])];
      deepEqual(filter([...cluster, ...claims], makePod('x', using('gpu', 'second')))[0], 'a: fits');
      deepEqual(
        filter([...cluster, makeClaim('gpu', [any, h100, ask('third')])])[0],
        'a: U&U cannot allocate all claims',
      );
    });

    it('keeps to constraints', () => {
      const cluster = onA(makeDevice('gpu-0', 'h100'), makeDevice('gpu-1'), makeDevice('gpu-2'));
      const pair = (constraint: object, count = 2) =>
        filter([...cluster, makeClaim('gpu', [ask('gpu', { count })], { constraints: [constraint] })])[0];
      const name = `${driver}/model`;
      equal(pair({ matchAttribute: name }), 'a: fits');
      equal(pair({ matchAttribute: name }, 3), 'a: U&U cannot allocate all claims');
      equal(pair({ matchAttribute: `${driver}/none` }), 'a: U&U cannot allocate all claims');
      equal(pair({ distinctAttribute: name }), 'a: fits');
      equal(pair({ matchAttribute: name, requests: ['other'] }, 3), 'a: fits');
    });

    it('prefers the first alternatives', () => {
      const alternatives = {
        name: 'gpu',
        firstAvailable: [
          { name: 'big', deviceClassName: 'gpu', selectors: isModel('h100') },
          { name: 'any', deviceClassName: 'gpu' },
        ],
      };
      const cluster = [
        ...onA(makeDevice('gpu-0')),
        makeSlice('b', [makeDevice('gpu-0', 'h100')]),
        makeClaim('gpu', [alternatives]),
      ];
      deepEqual(filter(cluster), ['a: fits', 'b: fits']);
      equal(judge(cluster, pod), '→ b');
    });

    it('avoids tainted devices', () => {
      const taints = [{ key: 'unhealthy', effect: 'NoSchedule' }];
      const cluster = onA(makeDevice('gpu-0', 'a100', { taints }));
      deepEqual(filter([...cluster, makeClaim('gpu')])[0], 'a: U&U cannot allocate all claims');
      const tolerations = [{ key: 'unhealthy', operator: 'Exists' }];
      deepEqual(filter([...cluster, makeClaim('gpu', [ask('gpu', { tolerations })])])[0], 'a: fits');
      const noted = onA(makeDevice('gpu-0', 'a100', { taints: [{ key: 'old', effect: 'None' }] }));
      deepEqual(filter([...noted, makeClaim('gpu')])[0], 'a: fits');
    });

    it('lets admins watch devices in use', () => {
      const cluster = [...onA(makeDevice('gpu-0')), makeAllocatedClaim('other', 'a')];
      deepEqual(filter([...cluster, makeClaim('gpu', [ask('gpu', { adminAccess: true })])])[0], 'a: fits');
    });

    it('counts what partitions take of a whole', () => {
      const part = (name: string, memory: string) =>
        makeDevice(name, 'a100', {
          consumesCounters: [{ counterSet: 'card', counters: { memory: { value: memory } } }],
        });
      const pool = { name: 'a', generation: 1, resourceSliceCount: 2 };
      const counters = makeSlice('a', [], {
        pool,
        sharedCounters: [{ name: 'card', counters: { memory: { value: '80Gi' } } }],
      });
      const devices = makeSlice('a', [part('whole', '80Gi'), part('half-0', '40Gi'), part('half-1', '40Gi')], { pool });
      const cluster = [...two, { ...counters, metadata: { name: 'counters' } }, devices];
      const claim = (count: number) => makeClaim('gpu', [ask('gpu', { count })]);
      deepEqual(filter([...cluster, claim(1)])[0], 'a: fits');
      deepEqual(filter([...cluster, claim(2)])[0], 'a: fits', 'both halves');
      deepEqual(filter([...cluster, claim(3)])[0], 'a: U&U cannot allocate all claims');
      const half = makeAllocatedClaim('other', 'a', ['half-0']);
      deepEqual(filter([...cluster, claim(1), half])[0], 'a: fits', 'the other half');
      deepEqual(filter([...cluster, claim(2), half])[0], 'a: U&U cannot allocate all claims');
    });

    it('shares a device as far as its capacity goes', () => {
      const nic = makeDevice('gpu-0', 'nic', {
        allowMultipleAllocations: true,
        capacity: {
          bandwidth: { value: '10G', requestPolicy: { default: '1G', validRange: { min: '1G', step: '1G' } } },
        },
      });
      const wanting = (bandwidth: string) => ask('gpu', { capacity: { requests: { bandwidth } } });
      const taken = makeClaim('other', undefined, {
        status: {
          allocation: {
            devices: {
              results: [
                {
                  request: 'gpu',
                  driver,
                  pool: 'a',
                  device: 'gpu-0',
                  shareID: 's',
                  consumedCapacity: { bandwidth: '4G' },
                },
              ],
            },
          },
        },
      });
      const fits = (...requests: ReturnType<typeof ask>[]) =>
        filter([...onA(nic), taken, makeClaim('gpu', requests)])[0];
      equal(fits(wanting('6G')), 'a: fits');
      equal(fits(wanting('6500M')), 'a: U&U cannot allocate all claims', 'rounded up to 7G');
      equal(fits(ask('gpu')), 'a: fits', 'the default');
      equal(fits(ask('gpu', { capacity: { requests: { other: '1' } } })), 'a: U&U cannot allocate all claims');
    });

    it('reaches devices of the network by selector, device by device, and everywhere', () => {
      const zone = { nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['z'] }] }] };
      const nodes = [makeNode('a', { labels: { zone: 'z' } }), makeNode('b'), makeDeviceClass(), makeClaim('gpu')];
      const shared = (spec: object) =>
        makeSlice('net', [makeDevice('gpu-0')], { nodeName: undefined, ...spec } as object);
      deepEqual(filter([...nodes, shared({ nodeSelector: zone })]), ['a: fits', 'b: U&U cannot allocate all claims']);
      deepEqual(filter([...nodes, shared({ allNodes: true })]), ['a: fits', 'b: fits']);
      const perDevice = { perDeviceNodeSelection: true, devices: [makeDevice('gpu-0', 'a100', { nodeName: 'b' })] };
      deepEqual(filter([...nodes, shared(perDevice)]), ['a: U&U cannot allocate all claims', 'b: fits']);
    });

    it('ignores slices of an old generation and says which pools are invalid', () => {
      const old = { ...makeSlice('a', [makeDevice('gpu-9')]), metadata: { name: 'old' } };
      const pool = { name: 'a', generation: 2, resourceSliceCount: 1 };
      deepEqual(
        filter([...two, old, makeSlice('a', [], { pool }), makeClaim('gpu')])[0],
        'a: U&U cannot allocate all claims',
      );
      const twice = makeSlice('a', [makeDevice('gpu-0'), makeDevice('gpu-0')]);
      deepEqual(filter([...two, twice, makeClaim('gpu')])[0], 'a: U&U invalid resource pools were encountered');
    });

    it('refuses claims for more devices than one can have', () => {
      const claim = makeClaim('gpu', [ask('gpu', { count: 33 })]);
      const text = 'number of requested devices 33 exceeds the claim limit of 32';
      deepEqual(filter([...onA(makeDevice('gpu-0')), claim])[0], `a: Error claim default/gpu: ${text}`);
    });

    it('gives up a search without end', () => {
      const devices = Array.from({ length: 40 }, (_, i) => makeDevice(`gpu-${i}`, `m${i}`));
      const claim = makeClaim('gpu', [ask('gpu', { count: 20 }), ask('none', { selectors: isModel('none') })]);
      equal(judge([...onA(...devices), claim], pod), 'unknown: searching for devices takes too long');
    });
  });

  describe('extended resources', () => {
    const wanting = (amount: string) => makePod('x', { requests: { 'example.com/gpu': amount } });
    const deviceClass = makeDeviceClass('gpu', { extendedResourceName: 'example.com/gpu' });
    const devices = makeSlice('a', [makeDevice('gpu-0'), makeDevice('gpu-1')]);

    it('are served by devices where a node has none of its own', () => {
      const own = makeNode('c', { allocatable: { cpu: '4', memory: '8Gi', pods: '110', 'example.com/gpu': '3' } });
      const cluster = [makeNode('a'), makeNode('b'), own, deviceClass, devices];
      deepEqual(filter(cluster, wanting('2')), ['a: fits', 'b: U&U cannot allocate all claims', 'c: fits']);
      deepEqual(filter(cluster, wanting('3')), [
        'a: U&U cannot allocate all claims',
        'b: U&U cannot allocate all claims',
        'c: fits',
      ]);
      equal(judge([makeNode('a'), deviceClass, devices], wanting('1')), '→ a');
      equal(judge([makeNode('a'), deviceClass], makePod('x', { requests: { cpu: '1' } })), '→ a');
    });

    it('may be named after the class', () => {
      const named = makePod('x', { requests: { 'deviceclass.resource.kubernetes.io/gpu': '1' } });
      deepEqual(filter([makeNode('a'), makeDeviceClass(), devices], named), ['a: fits']);
    });

    it('are not served by a class whose name another one has', () => {
      const other = makeDeviceClass('any', { extendedResourceName: 'example.com/gpu' });
      const named = makePod('x', { requests: { 'deviceclass.resource.kubernetes.io/gpu': '1' } });
      const verdict = judge([makeNode('a'), other, deviceClass, devices], named);
      match(verdict, /1 Insufficient deviceclass\.resource\.kubernetes\.io\/gpu/);
      equal(judge([makeNode('a'), other, deviceClass, devices], wanting('1')), '→ a');
    });
  });

  it('scores nothing for a Pod without alternatives', () => {
    const cluster = [...two, makeSlice('a', [makeDevice('gpu-0')]), makeClaim('gpu')];
    deepEqual(askScore(dynamicResources, cluster, pod), ['a: 0 0', 'b: 0 0']);
  });
});
