// A namespace that is deleted goes when all that is in it has gone.
import assert from 'node:assert/strict';
import type { ConfigMap, Namespace } from '../../../src/api/object.ts';
import { World } from './world.ts';

const content = (...more: string[]) =>
  ['{apiVersion: v1, kind: Namespace, metadata: {name: shop}}', ...more].join('\n---\n');
const pod = `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {nodeName: node1, terminationGracePeriodSeconds: 6, containers: [{name: a, image: a}]}`;
const map = (metadata = '') =>
  `{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: shop${metadata}}}`;

const shop = (world: World) =>
  world.kernel.untraced(() => {
    const found = world.user.get<Namespace>({ resource: 'namespaces', name: 'shop' });
    return found.ok ? found.object : undefined;
  });
const inShop = (world: World, resource: string) =>
  world.kernel.untraced(() =>
    world.user.list(resource, { namespace: 'shop' }).items.map(({ metadata }) => metadata.name),
  );
const complaints = (world: World) =>
  shop(world)
    ?.status?.conditions?.filter(({ status }) => status === 'True')
    .map(({ type, message }) => [type, message]);

const remove = (world: World) => {
  world.user.delete({ resource: 'namespaces', name: 'shop' });
  return world;
};

describe('namespace-controller', () => {
  it('leaves a namespace five seconds, and takes it away with what is in it', () => {
    const world = remove(new World().create(content(map())).run(100)).run(4900);
    assert.deepEqual(inShop(world, 'configmaps'), ['kube-root-ca.crt', 'settings']);
    world.run(200);
    assert.deepEqual([shop(world), inShop(world, 'configmaps'), inShop(world, 'serviceaccounts')], [undefined, [], []]);
  });

  it('deletes the Pods first, and waits for them', () => {
    const world = remove(new World().create(content(map())).run(1000).create(pod).run(1000)).run(5100);
    assert.deepEqual(inShop(world, 'pods'), ['web']);
    assert.deepEqual(inShop(world, 'configmaps'), ['kube-root-ca.crt', 'settings']);
    world.run(5000);
    const why = 'unexpected items still remain in namespace: shop for gvr: /v1, Resource=pods';
    assert.deepEqual(complaints(world), [
      ['NamespaceDeletionContentFailure', `Failed to delete all resource types, 1 remaining: ${why}`],
    ]);
    world.user.delete({ resource: 'pods', namespace: 'shop', name: 'web' }, { gracePeriodSeconds: 0 });
    world.run(10_000);
    assert.equal(shop(world), undefined);
  });

  it('says what holds it', () => {
    const world = remove(new World().create(content(map(', finalizers: [example.com/hold]'))).run(100)).run(6000);
    assert.deepEqual(complaints(world), [
      ['NamespaceContentRemaining', 'Some resources are remaining: configmaps. has 1 resource instances'],
      [
        'NamespaceFinalizersRemaining',
        'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
      ],
    ]);
    const target = { resource: 'configmaps', namespace: 'shop', name: 'settings' };
    world.user.patch<ConfigMap>(target, 'merge', { metadata: { finalizers: null } });
    assert.equal(shop(world.run(20_000)), undefined);
  });
});
