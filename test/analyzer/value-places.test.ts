import assert from 'node:assert/strict';
import { firstLike, placeOfKind, placeOfRefused } from '../../src/analyzer/value-places.ts';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { labels: { tier: 'web', version: 2 } },
  spec: {
    containers: [
      { env: [{ name: 'A', value: 'text' }], resources: { limits: { cpu: '1' } } },
      { env: [{ name: 'B', value: 5 }], resources: { limits: { cpu: '1', memory: 'lots' } } },
    ],
  },
};

describe('placeOfKind', () => {
  const rows: [string, string, string | undefined][] = [
    ['spec.containers.env.value', 'number', 'spec.containers[1].env[0].value'],
    ['metadata.labels', 'number', 'metadata.labels[version]'],
    ['spec.containers.env.value', 'bool', undefined],
    ['spec.volumes', 'string', undefined],
    ['spec', 'object', 'spec'],
  ];
  for (const [path, kind, place] of rows) {
    it(`${kind} at ${path}`, () => assert.equal(placeOfKind(pod, path, kind), place));
  }
});

describe('placeOfRefused', () => {
  it('finds the quantity that is none', () => {
    assert.equal(
      placeOfRefused(pod, "quantities must match the regular expression '^…$'"),
      'spec.containers[1].resources.limits[memory]',
    );
  });
  it('finds bytes that are not base64', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', data: { good: 'aGk=', bad: 'not base64' } };
    assert.equal(placeOfRefused(secret, 'illegal base64 data at input byte 3'), 'data[bad]');
  });
  it('finds a time', () => {
    const given = { apiVersion: 'v1', kind: 'Pod', metadata: { creationTimestamp: 'today' } };
    assert.equal(placeOfRefused(given, 'parsing time "today" as …'), 'metadata.creationTimestamp');
  });
  it('finds nothing in other sentences, or kinds that are not known', () => {
    assert.equal(placeOfRefused(pod, 'no such thing'), undefined);
    assert.equal(placeOfRefused({ apiVersion: 'x/v1', kind: 'Y' }, 'quantities must match'), undefined);
  });
});

describe('firstLike', () => {
  const service = { spec: { ports: [{ port: 80 }, { port: 81, name: 'a' }, { port: 80 }, { port: 82, name: 'a' }] } };
  const rows: [string, string | undefined][] = [
    ['spec.ports[2]', 'spec.ports[0]'],
    ['spec.ports[3].name', 'spec.ports[1].name'],
    ['spec.ports[1]', undefined],
    ['spec.type', undefined],
    ['spec.hosts[1]', undefined],
  ];
  for (const [path, place] of rows) it(`${path} is like ${place}`, () => assert.equal(firstLike(service, path), place));
});
