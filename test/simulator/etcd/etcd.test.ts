import assert from 'node:assert/strict';
import type { KubeObject } from '../../../src/api/object.ts';
import { Etcd, type Change } from '../../../src/simulator/etcd/etcd.ts';

const named = (name: string, resourceVersion = ''): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, resourceVersion },
});

/** Writes a key whatever there is, and returns its revision. */
function write(etcd: Etcd, key: string, name: string): number {
  const written = etcd.put(key, etcd.get(key)?.modRevision ?? 0, (revision) => named(name, String(revision)));
  return written?.modRevision ?? -1;
}

const told = ({ key, current, previous }: Change) =>
  `${key} ${previous?.value.metadata.name ?? '-'} → ${current?.value.metadata.name ?? '-'}`;

describe('Etcd', () => {
  it('gives every write a revision of its own, and the value knows it', () => {
    const etcd = new Etcd();
    assert.equal(write(etcd, '/registry/pods/default/a', 'a'), 1);
    assert.equal(write(etcd, '/registry/pods/default/a', 'a2'), 2);
    const { createRevision, modRevision, value } = etcd.get('/registry/pods/default/a') ?? {};
    assert.deepEqual([createRevision, modRevision, value?.metadata.resourceVersion], [1, 2, '2']);
  });

  it('writes and deletes only what is as the writer believes', () => {
    const etcd = new Etcd();
    const key = '/registry/pods/default/a';
    assert.equal(
      etcd.put(key, 7, () => named('a')),
      undefined,
    );
    write(etcd, key, 'a');
    assert.equal(
      etcd.put(key, 0, () => named('b')),
      undefined,
    );
    assert.equal(etcd.delete(key, 7), undefined);
    assert.equal(etcd.delete(key, 1)?.value.metadata.name, 'a');
    assert.equal(etcd.get(key), undefined);
    assert.equal(etcd.revision, 2);
  });

  it('lists the keys under a prefix in order, deleted ones left out', () => {
    const etcd = new Etcd();
    for (const name of ['b', 'a', 'c']) write(etcd, `/registry/pods/default/${name}`, name);
    write(etcd, '/registry/podtemplates/default/x', 'x');
    etcd.range('/registry/');
    etcd.delete('/registry/pods/default/b', 1);
    const names = etcd.range('/registry/pods/').map(({ value }) => value.metadata.name);
    assert.deepEqual(names, ['a', 'c']);
  });

  it('tells a watcher of every change after its revision, those of the past first', () => {
    const etcd = new Etcd();
    write(etcd, '/registry/pods/default/a', 'a1');
    write(etcd, '/registry/pods/default/a', 'a2');
    const seen: string[] = [];
    const watch = etcd.watch('/registry/pods/', 1, (change) => seen.push(told(change)));
    write(etcd, '/registry/nodes/n', 'n');
    etcd.delete('/registry/pods/default/a', 2);
    watch?.cancel();
    write(etcd, '/registry/pods/default/b', 'b');
    assert.deepEqual(seen, ['/registry/pods/default/a a1 → a2', '/registry/pods/default/a a2 → -']);
  });

  it('begins from a snapshot, and neither side sees what the other writes', () => {
    const etcd = new Etcd();
    write(etcd, '/registry/pods/default/a', 'a');
    const fork = new Etcd(etcd.snapshot());
    write(etcd, '/registry/pods/default/b', 'b');
    write(fork, '/registry/pods/default/c', 'c');
    const names = (store: Etcd) => store.range('/registry/').map(({ value }) => value.metadata.name);
    assert.deepEqual(names(etcd), ['a', 'b']);
    assert.deepEqual(names(fork), ['a', 'c']);
    assert.equal(fork.revision, 2);
  });

  it('has no changes from before its snapshot', () => {
    const etcd = new Etcd();
    write(etcd, '/registry/pods/default/a', 'a');
    write(etcd, '/registry/pods/default/a', 'a2');
    const fork = new Etcd(etcd.snapshot());
    assert.equal(
      fork.watch('/registry/pods/', 1, () => undefined),
      undefined,
    );
  });
});
