// The smaller controllers: what every namespace has, what goes with its owner, and what is told to be unknown.
import assert from 'node:assert/strict';
import type { ConfigMap, Deployment, Pod, ReplicaSet } from '../../../src/api/object.ts';
import { resourceByQualifiedName } from '../../../src/api/resources.ts';
import { controllers } from '../../../src/simulator/kube-controller-manager/registry.ts';
import { unmodelledResources } from '../../../src/simulator/kube-controller-manager/unmodelled.ts';
import { World } from './world.ts';

const template = 'template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}';
const deployment = `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {selector: {matchLabels: {app: web}}, ${template}}}`;

describe('controllers of namespaces', () => {
  it('give a new namespace its ServiceAccount and its certificate, and again when they are deleted', () => {
    const world = new World().create('{apiVersion: v1, kind: Namespace, metadata: {name: shop}}').run(100);
    const names = (resource: string) =>
      world.kernel.untraced(() =>
        world.user.list(resource, { namespace: 'shop' }).items.map(({ metadata }) => metadata.name),
      );
    assert.deepEqual([names('serviceaccounts'), names('configmaps')], [['default'], ['kube-root-ca.crt']]);
    world.user.delete({ resource: 'serviceaccounts', namespace: 'shop', name: 'default' });
    assert.deepEqual(names('serviceaccounts'), []);
    world.run(100);
    assert.deepEqual(names('serviceaccounts'), ['default']);
  });

  it('have described the certificate', () => {
    const configMap = new World().get<ConfigMap>('configmaps', 'kube-root-ca.crt');
    assert.deepEqual(Object.keys(configMap?.data ?? {}), ['ca.crt']);
  });
});

describe('generic-garbage-collector', () => {
  it('deletes what a deleted Deployment had made', () => {
    const world = new World().create(deployment).run(100);
    assert.equal(world.list<ReplicaSet>('replicasets.apps').length, 1);
    world.user.delete(
      { resource: 'deployments.apps', namespace: 'default', name: 'web' },
      { propagationPolicy: 'Background' },
    );
    world.run(100);
    assert.deepEqual(world.list<ReplicaSet>('replicasets.apps'), []);
    assert.ok(world.list<Pod>('pods').every(({ metadata }) => metadata.deletionTimestamp));
  });

  it('keeps what another owner still has', () => {
    const owned = (uids: readonly string[]) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'shared',
        ownerReferences: uids.map((uid, i) => ({ apiVersion: 'apps/v1', kind: 'Deployment', name: `d${i}`, uid })),
      },
      spec: { containers: [{ name: 'c', image: 'i' }] },
    });
    const world = new World().create(deployment).create(deployment.replace('name: web}', 'name: other}')).run(100);
    const uids = world.list<Deployment>('deployments.apps').map(({ metadata }) => metadata.uid ?? '');
    world.user.create({ resource: 'pods', namespace: 'default' }, owned(uids));
    world.run(100);
    world.user.delete(
      { resource: 'deployments.apps', namespace: 'default', name: 'web' },
      { propagationPolicy: 'Background' },
    );
    world.run(100);
    const shared = world.get<Pod>('pods', 'shared');
    assert.equal(shared?.metadata.deletionTimestamp, undefined);
    assert.equal(shared?.metadata.ownerReferences?.length, 1);
  });
});

describe('deletion that waits', () => {
  const remove = (world: World, propagationPolicy: 'Foreground' | 'Orphan') => {
    world.user.delete({ resource: 'deployments.apps', namespace: 'default', name: 'web' }, { propagationPolicy });
    return world.run(100);
  };

  it('is over when all that was made for an object is gone', () => {
    const world = remove(new World().create(deployment).run(100).startPods().run(100), 'Foreground');
    const left = () => [world.get('deployments.apps', 'web'), world.list('replicasets.apps')[0]];
    assert.deepEqual(
      left().map((object) => object?.metadata.finalizers),
      [['foregroundDeletion'], ['foregroundDeletion']],
    );
    world.endPods().run(100);
    assert.deepEqual(left(), [undefined, undefined]);
  });

  it('leaves without an owner what is to stay', () => {
    const world = remove(new World().create(deployment).run(100), 'Orphan');
    assert.equal(world.get('deployments.apps', 'web'), undefined);
    const [replicaSet] = world.list('replicasets.apps');
    assert.deepEqual(
      [replicaSet?.metadata.ownerReferences, replicaSet?.metadata.deletionTimestamp],
      [undefined, undefined],
    );
  });
});

describe('what is not modelled', () => {
  it('is told of when it is created', () => {
    const world = new World();
    // of CN=j, signed with a key of elliptic curves
    const request =
      'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlISE1HNENBUUF3RERFS01BZ0dBMVVFQXd3QmFqQlpNQk1HQnlxR1NNNDlBZ0VHQ0NxR1NNNDlBd0VIQTBJQQpCQ1VOQkpRSTZFa1RzcDJWekxVWVpPT0dTR0h5MDVLZ3FBOGI0S3RNeXRNdFhlWTRZMUVGdy9mRjZEZC9OM1AvCnNjeHlMVThrVHFGb2hvbFh4RlU0ZUN1Z0FEQUtCZ2dxaGtqT1BRUURBZ05KQURCR0FpRUErZUNqWTJBdW00aFQKS1cxbnhVdE1LR1FIV0Q1czh3N0k5TEZkSG1ETkNqTUNJUURQeEVBTUFuUE5Tay9acE1MT2VsL0FRcFNqMzZ4dQowTS8xdDBOOVdtbGFFZz09Ci0tLS0tRU5EIENFUlRJRklDQVRFIFJFUVVFU1QtLS0tLQo=';
    world.create(
      `{apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: j}, spec: {request: ${request}, signerName: kubernetes.io/kube-apiserver-client, usages: [client auth]}}`,
    );
    const told = `CertificateSigningRequest: ${unmodelledResources['certificatesigningrequests.certificates.k8s.io']}`;
    assert.ok(world.run(100).unknown().includes(told));
  });

  it('names resources that there are', () => {
    for (const resource of Object.keys(unmodelledResources)) assert.ok(resourceByQualifiedName(resource), resource);
  });
});

describe('the registry', () => {
  it('has no two controllers of one name', () => {
    const names = controllers.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
  });
});
