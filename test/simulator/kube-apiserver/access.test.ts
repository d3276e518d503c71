import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/api/object.ts';
import { Etcd } from '../../../src/simulator/etcd/etcd.ts';
import { Kernel } from '../../../src/simulator/kernel/kernel.ts';
import { isComponent, userOf } from '../../../src/simulator/kube-apiserver/authentication.ts';
import { Server } from '../../../src/simulator/kube-apiserver/server.ts';
import { Cluster, message, pod, type Manifest } from './server-fixture.ts';

/** The decisions about access, as `user: reason`. */
function access(cluster: Cluster): string[] {
  const decisions = cluster.trace('decision').map(({ decision }) => decision);
  let user = '';
  return decisions.flatMap((decision) => {
    if (decision.type === 'authentication') user = decision.user;
    return decision.type === 'authorization' ? [`${user}: ${decision.allowed ? decision.reason : 'refused'}`] : [];
  });
}

const byRole = (role: string, subject: string) =>
  `RBAC: allowed by ClusterRoleBinding "${role}" of ClusterRole "${role}" to ${subject}`;

/** A cluster with alice, who has no rights, and what is stored besides. */
function alice(...objects: Manifest[]) {
  const kernel = new Kernel({ seed: 1 });
  const etcd = new Etcd();
  const users = { alice: { name: 'alice', groups: ['system:authenticated'] } };
  const server = new Server(kernel, etcd, { users });
  const cluster = new Cluster(...objects);
  const client = new Server(kernel, new Etcd(cluster.etcd.snapshot()), { users }).connect('alice');
  return { server, client };
}

describe('authentication', () => {
  it('knows who each program is', () => {
    assert.deepEqual(userOf('kubectl'), {
      name: 'kubernetes-admin',
      uid: 'kubernetes-admin',
      groups: ['system:masters', 'system:authenticated'],
    });
    assert.deepEqual(userOf('kubelet/node1'), {
      name: 'system:node:node1',
      groups: ['system:nodes', 'system:authenticated'],
    });
    assert.equal(userOf('kube-scheduler').name, 'system:kube-scheduler');
    assert.equal(userOf('kube-controller-manager').name, 'system:kube-controller-manager');
    assert.deepEqual(userOf('kube-controller-manager/deployment-controller'), {
      name: 'system:serviceaccount:kube-system:deployment-controller',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'],
    });
    assert.deepEqual(['kubectl', 'kube-proxy/n', 'coredns', 'calico'].map(isComponent), [false, true, true, true]);
  });
});

describe('authorization', () => {
  it('tells of every request of a person why it is allowed, of a program the first time', () => {
    const cluster = new Cluster(pod('a'), pod('b'));
    const before = access(cluster).length;
    cluster.kubectl.get({ resource: 'pods', namespace: 'default', name: 'a' });
    cluster.kubectl.get({ resource: 'pods', namespace: 'default', name: 'a' });
    const scheduler = cluster.server.connect('kube-scheduler');
    for (const name of ['a', 'b']) scheduler.get({ resource: 'pods', namespace: 'default', name });
    const admin = `kubernetes-admin: ${byRole('cluster-admin', 'Group "system:masters"')}`;
    const program = `system:kube-scheduler: ${byRole('system:kube-scheduler', 'User "system:kube-scheduler"')}`;
    assert.deepEqual(access(cluster).slice(before), [admin, admin, program]);
  });

  it('holds programs to their roles', () => {
    const cluster = new Cluster();
    const scheduler = cluster.server.connect('kube-scheduler');
    const refused = cluster.create({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } }, scheduler);
    assert.deepEqual(
      [refused.code, message(refused)],
      [
        403,
        'secrets is forbidden: User "system:kube-scheduler" cannot create resource "secrets" in API group "" in the namespace "default"',
      ],
    );
    const kubelet = cluster.server.connect('kubelet/node1');
    assert.equal(kubelet.get({ resource: 'deployments.apps', namespace: 'default', name: 'x' }).code, 403);
    assert.equal(kubelet.get({ resource: 'pods', namespace: 'default', name: 'x' }).code, 404);
  });

  it('lets controllers read what their shared informers read', () => {
    const cluster = new Cluster();
    const controller = cluster.server.connect('kube-controller-manager/ttl-controller');
    controller.list('deployments.apps');
    assert.equal(cluster.trace('response').at(-1)?.code, 200);
    assert.equal(message(cluster.create(pod('a'), controller)).startsWith('pods is forbidden'), true);
  });

  it('refuses in the words of the real server', () => {
    const { client } = alice();
    const configMap = client.get({ resource: 'configmaps', namespace: 'default', name: 'a' });
    assert.equal(
      message(configMap),
      'configmaps "a" is forbidden: User "alice" cannot get resource "configmaps" in API group "" in the namespace "default"',
    );
    const node = client.get({ resource: 'nodes', name: 'n' });
    assert.equal(
      message(node),
      'nodes "n" is forbidden: User "alice" cannot get resource "nodes" in API group "" at the cluster scope',
    );
    assert.deepEqual(client.list('pods').items, []);
  });

  it('follows the roles and bindings of the cluster', () => {
    const rbac = 'rbac.authorization.k8s.io';
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: ['a'] }];
    const role = { apiVersion: `${rbac}/v1`, kind: 'Role', metadata: { name: 'reader' }, rules };
    const roleRef = { apiGroup: rbac, kind: 'Role', name: 'reader' };
    const subjects = [{ apiGroup: rbac, kind: 'User', name: 'alice' }];
    const binding = { apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata: { name: 'r' }, roleRef, subjects };
    const { client } = alice(role, binding, pod('a'));
    const code = (name: string, namespace = 'default') =>
      client.get<KubeObject>({ resource: 'pods', namespace, name }).code;
    assert.deepEqual([code('a'), code('b'), code('a', 'other')], [200, 403, 403]);
  });

  it('forgets what it decided when a binding changes', () => {
    const cluster = new Cluster(pod('a'));
    const scheduler = cluster.server.connect('kube-scheduler');
    const target = { resource: 'pods', namespace: 'default', name: 'a' };
    scheduler.get(target);
    const before = access(cluster).length;
    const rbac = 'rbac.authorization.k8s.io';
    const roleRef = { apiGroup: rbac, kind: 'ClusterRole', name: 'view' };
    cluster.add({ apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding', metadata: { name: 'v' }, roleRef });
    scheduler.get(target);
    assert.equal(access(cluster).length, before + 2);
  });

  it('lets everyone discover', () => {
    const { client } = alice();
    assert.doesNotThrow(() => client.raw('/apis'));
    const cluster = new Cluster();
    cluster.kubectl.raw('/openapi/v3/api/v1');
    assert.deepEqual(cluster.trace('request').at(-1)?.target, { resource: '', uri: '/openapi/v3/api/v1' });
    assert.equal(cluster.trace('response').at(-1)?.code, 200);
  });
});
