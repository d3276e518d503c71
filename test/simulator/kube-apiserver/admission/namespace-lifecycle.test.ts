import assert from 'node:assert/strict';
import { namespaceLifecycle } from '../../../../src/simulator/kube-apiserver/admission/namespace-lifecycle.ts';
import { ask, outcome } from '../admission-fixture.ts';
import { Cluster, message, pod } from '../server-fixture.ts';

const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

describe('NamespaceLifecycle', () => {
  it('lets objects into a namespace that exists, and into no other', () => {
    assert.equal(ask(namespaceLifecycle, pod('a')), undefined);
    assert.equal(outcome(ask(namespaceLifecycle, pod('a', {}, { namespace: 'x' }))), 'namespaces "x" not found');
    assert.equal(ask(namespaceLifecycle, { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } }), undefined);
  });

  it('lets nothing into a namespace that is on its way out, and says so as a cause', () => {
    const cluster = new Cluster(namespace('shop'));
    cluster.kubectl.delete({ resource: 'namespaces', name: 'shop' });
    const response = cluster.create(pod('', {}, { namespace: 'shop', name: undefined, generateName: 'web-' }));
    assert.equal(
      message(response),
      'pods "web-" is forbidden: unable to create new content in namespace shop because it is being terminated',
    );
    assert.deepEqual(!response.ok && response.status.details?.causes, [
      { reason: 'NamespaceTerminating', message: 'namespace shop is being terminated', field: 'metadata.namespace' },
    ]);
  });

  it('keeps the namespaces of the system', () => {
    const deletion = (name: string) => outcome(ask(namespaceLifecycle, namespace(name), { operation: 'DELETE' }));
    assert.equal(deletion('kube-system'), 'namespaces "kube-system" is forbidden: this namespace may not be deleted');
    assert.equal(deletion('shop'), undefined);
  });
});
