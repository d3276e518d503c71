import { deepEqual, equal } from 'node:assert/strict';
import type { KubeObject } from '../../../../src/api/object.ts';
import { boundVolume } from '../../../../src/api/persistent-volume.ts';
import type { Client } from '../../../../src/simulator/client/client.ts';
import type { Binding } from '../../../../src/simulator/kube-scheduler/framework/plugin.ts';
import { defaultFramework, evaluatePod } from '../../../../src/simulator/kube-scheduler/index.ts';
import { volumeBinding } from '../../../../src/simulator/kube-scheduler/plugins/volume-binding/index.ts';
import { askFilter, askScore, bindingOf, isWokenBy, judge, makeNode, makePod } from '../cluster.ts';
import { claiming, makeClaim, makeClass, makeCsiNode, makeVolume, ofStorage } from '../storage.ts';

const noMatch = "U&U node(s) didn't find available persistent volumes to bind";
const conflict = "U&U node(s) didn't match PersistentVolume's node affinity";

describe('VolumeBinding', () => {
  const nodes = [makeNode('a'), makeNode('b', { labels: { zone: 'z2' } })];
  const pod = claiming('x', ['data']);
  const ask = (...objects: Parameters<typeof askFilter>[1]) => askFilter(volumeBinding, [...nodes, ...objects], pod);
  const local = makeClass('local', { provisioner: 'kubernetes.io/no-provisioner' });

  it('has nothing to do with Pods without claims', () => {
    deepEqual(askFilter(volumeBinding, nodes, makePod('x', { volumes: [{ name: 'tmp', emptyDir: {} }] })), ['Skip']);
    deepEqual(askScore(volumeBinding, nodes, pod), ['Skip']);
  });

  it('refuses a Pod whose claim is missing, lost, being deleted or not bound yet', () => {
    deepEqual(ask(), ['U&U persistentvolumeclaim "data" not found']);
    deepEqual(ask(makeClaim('data', { volume: 'pv', phase: 'Lost' })), [
      'U&U persistentvolumeclaim "data" bound to non-existent persistentvolume "pv"',
    ]);
    deepEqual(ask(makeClaim('data', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } })), [
      'U&U persistentvolumeclaim "data" is being deleted',
    ]);
    const unbound = ['U&U pod has unbound immediate PersistentVolumeClaims'];
    deepEqual(ask(makeClaim('data')), unbound);
    deepEqual(ask(makeClaim('data', { className: 'gone' })), unbound);
    deepEqual(
      ask(makeClass('fast', { volumeBindingMode: 'Immediate' }), makeClaim('data', { className: 'fast' })),
      unbound,
    );
  });

  it('takes a claim that names its volume as one that is bound at once', () => {
    const claim = makeClaim('data', { className: 'local' });
    const prebound = { ...claim, spec: { ...claim.spec, volumeName: 'pv' } };
    deepEqual(ask(local, prebound, makeVolume('pv')), ['U&U pod has unbound immediate PersistentVolumeClaims']);
  });

  it('wants the claim of an ephemeral volume to be the Pod’s own', () => {
    const ephemeral = makePod('x', { volumes: [{ name: 'scratch', ephemeral: {} }] });
    const reason = (...objects: Parameters<typeof askFilter>[1]) =>
      askFilter(volumeBinding, [...nodes, local, ...objects], ephemeral)[0];
    equal(reason(), 'U&U waiting for ephemeral volume controller to create the persistentvolumeclaim "x-scratch"');
    equal(
      reason(makeClaim('x-scratch')),
      'U&U PVC default/x-scratch was not created for pod default/x (pod is not owner)',
    );
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Pod', name: 'x', uid: 'x', controller: true }];
    equal(reason(makeClaim('x-scratch', { className: 'local', metadata: { ownerReferences } })), `a: ${noMatch}`);
  });

  it('keeps a Pod where its bound volume can be used', () => {
    const claim = makeClaim('data', { volume: 'pv' });
    deepEqual(ask(claim, makeVolume('pv', { hosts: ['b'] })), [`a: ${conflict}`, 'b: fits']);
    const gone = 'U&U node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';
    deepEqual(ask(claim), [`a: ${gone}`, `b: ${gone}`]);
  });

  it('looks at the node’s CSI driver for volumes that it took over', () => {
    const claim = makeClaim('data', { volume: 'pv' });
    const volume = makeVolume('pv', {
      awsElasticBlockStore: { volumeID: 'vol-1' },
      labels: { 'topology.kubernetes.io/zone': 'z1' },
    });
    deepEqual(ask(claim, volume, makeCsiNode('a', {}, 'kubernetes.io/aws-ebs')), [`a: ${conflict}`, 'b: fits']);
    const wrong = makeVolume('pv', { awsElasticBlockStore: { volumeID: 'aws://z1/disk' } });
    deepEqual(ask(claim, wrong, makeCsiNode('a', {}, 'kubernetes.io/aws-ebs')), [
      'a: Error could not translate pv: failed to translate Kubernetes ID to EBS Volume ID Invalid format for AWS volume (aws://z1/disk)',
      'b: fits',
    ]);
  });

  it('finds volumes for claims that wait for a node, the smallest claim first', () => {
    const both = claiming('x', ['big', 'small']);
    const claims = [
      local,
      makeClaim('big', { className: 'local', storage: '2Gi' }),
      makeClaim('small', { className: 'local', storage: '1Gi' }),
    ];
    const of = (storage: string) => ({ capacity: { storage }, storageClassName: 'local', hosts: ['a'] });
    const fits = (...volumes: Parameters<typeof askFilter>[1]) =>
      askFilter(volumeBinding, [makeNode('a'), ...claims, ...volumes], both);
    deepEqual(fits(makeVolume('p1', of('1Gi')), makeVolume('p2', of('2Gi'))), ['a: fits']);
    deepEqual(fits(makeVolume('p2', of('2Gi'))), [`a: ${noMatch}`]);
    deepEqual(fits(makeVolume('p1', of('2Gi')), makeVolume('p2', { ...of('2Gi'), phase: 'Pending' })), [
      `a: ${noMatch}`,
    ]);
  });

  it('has volumes made where the class allows it', () => {
    const claim = makeClaim('data', { className: 'zonal' });
    const zonal = makeClass('zonal', {
      allowedTopologies: [{ matchLabelExpressions: [{ key: 'zone', values: ['z1', 'z2'] }] }],
    });
    deepEqual(ask(claim, zonal), [`a: ${noMatch}`, 'b: fits']);
    const chosen = makeClaim('data', {
      className: 'zonal',
      annotations: { 'volume.kubernetes.io/selected-node': 'a' },
    });
    deepEqual(ask(chosen, makeClass('zonal')), ['a: fits', `b: ${noMatch}`]);
  });

  it('asks drivers that count their storage for enough of it', () => {
    const claim = makeClaim('data', { className: 'fast', storage: '10Gi' });
    const driver = ofStorage('CSIDriver', 'csi.example.com', { spec: { storageCapacity: true } });
    const capacity = (rest: object) =>
      ofStorage('CSIStorageCapacity', 'c', {
        storageClassName: 'fast',
        nodeTopology: { matchLabels: { zone: 'z2' } },
        ...rest,
      });
    const full = 'U&U node(s) did not have enough free storage';
    const at = (rest: object) => ask(claim, makeClass('fast'), driver, capacity(rest));
    deepEqual(at({ capacity: '20Gi' }), [`a: ${full}`, 'b: fits']);
    deepEqual(at({ capacity: '20Gi', maximumVolumeSize: '5Gi' }), [`a: ${full}`, `b: ${full}`]);
    deepEqual(at({}), [`a: ${full}`, `b: ${full}`]);
    deepEqual(ask(claim, makeClass('fast'), capacity({})), ['a: fits', 'b: fits']);
  });

  it('tells both that a bound volume is elsewhere and that none is to be found', () => {
    const two = claiming('x', ['bound', 'data']);
    const objects = [
      local,
      makeClaim('bound', { volume: 'pv' }),
      makeVolume('pv', { hosts: ['b'] }),
      makeClaim('data', { className: 'local' }),
    ];
    equal(
      judge([...nodes, ...objects], two),
      "0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 2 node(s) didn't find available persistent volumes to bind. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
    );
  });

  it('wakes a Pod when something of its storage changes', () => {
    const claim = makeClaim('data');
    const woken = (...[event]: [Parameters<typeof isWokenBy>[2]]) => isWokenBy(volumeBinding, pod, event);
    equal(woken({ resource: 'PersistentVolumeClaim', action: 'Update', before: claim, after: claim }), true);
    equal(woken({ resource: 'PersistentVolumeClaim', action: 'Add', after: makeClaim('other') }), false);
    equal(woken({ resource: 'PersistentVolume', action: 'Add', after: makeVolume('pv') }), true);
    equal(woken({ resource: 'StorageClass', action: 'Update', before: local, after: local }), false);
    equal(woken({ resource: 'StorageClass', action: 'Add', after: local }), true);
    const capacity = (amount: string) =>
      ofStorage('CSIStorageCapacity', 'c', { storageClassName: 'x', capacity: amount });
    equal(
      woken({ resource: 'CSIStorageCapacity', action: 'Update', before: capacity('1Gi'), after: capacity('2Gi') }),
      true,
    );
    equal(
      woken({ resource: 'CSIStorageCapacity', action: 'Update', before: capacity('2Gi'), after: capacity('1Gi') }),
      false,
    );
  });
});

describe('VolumeBinding on the way to a node', () => {
  const local = makeClass('local', { provisioner: 'kubernetes.io/no-provisioner' });
  const volume = makeVolume('pv', { storageClassName: 'local' });
  const cluster = [makeNode('a'), local, volume, makeClaim('data', { className: 'local' })];
  const refusing = { update: () => ({ ok: false, status: { message: 'not now' } }) } as unknown as Client;
  const accepting = { update: (_target: unknown, object: unknown) => ({ ok: true, object }) } as unknown as Client;

  function on(objects: readonly KubeObject[], client = accepting) {
    const binding = bindingOf(client, objects, claiming('x', ['data']), 'a');
    volumeBinding.preFilter?.(binding.cycle);
    equal(volumeBinding.reserve?.(binding), undefined);
    return binding;
  }

  it('promises a volume to one Pod only, until that is taken back', () => {
    const binding = on([...cluster, makeClaim('other', { className: 'local' })]);
    const { snapshot } = binding.cycle;
    equal(snapshot.assumed.volumes.get('pv')?.spec?.claimRef?.name, 'data');
    equal(evaluatePod(snapshot, claiming('y', ['other']), defaultFramework).result, 'unschedulable');
    volumeBinding.unreserve?.(binding);
    equal(snapshot.assumed.volumes.get('pv'), volume);
  });

  it('has nothing to do for claims that are bound', () => {
    const binding = on([makeNode('a'), makeClaim('data', { volume: 'pv' }), volume]);
    equal(volumeBinding.preBindPreFlight?.(binding), false);
    deepEqual([...lookFor(binding)], []);
  });

  /** The waits of PreBind, and its outcome last if it fails. */
  function* lookFor(binding: Binding): Generator<string> {
    const work = volumeBinding.preBind?.(binding);
    if (!work || !('next' in work)) return;
    for (let looks = 0; ; looks++) {
      const { value, done } = work.next();
      if (done) {
        if (looks > 0) yield `${looks} looks`;
        if (value) yield value.reasons.join();
        return;
      }
    }
  }

  it('gives up what the server refuses', () => {
    deepEqual([...lookFor(on(cluster, refusing))], ['not now']);
  });

  it('waits ten minutes for the claim to be bound', () => {
    const binding = on(cluster);
    equal(volumeBinding.preBindPreFlight?.(binding), true);
    const pv = boundVolume(volume, makeClaim('data'));
    const listed = on([makeNode('a'), local, pv, makeClaim('data', { className: 'local' })]);
    deepEqual([...lookFor(listed)], ['600 looks', 'binding volumes: context deadline exceeded']);
  });

  it('asks for a volume on the node, and fails when that is given up', () => {
    const objects = [makeNode('a'), makeClass('fast'), makeClaim('data', { className: 'fast' })];
    const binding = on(objects);
    equal(
      binding.cycle.snapshot.assumed.claims.get('default/data')?.metadata.annotations?.[
        'volume.kubernetes.io/selected-node'
      ],
      'a',
    );
    deepEqual([...lookFor(binding)], ['1 looks', 'binding volumes: provisioning failed for PVC "data"']);
  });

  it('ends with the Pod', () => {
    const work = lookFor({ ...on(cluster), isPodGone: () => true });
    deepEqual([...work], ['1 looks', 'binding volumes: pod does not exist any more: pod "x" not found']);
  });
});
