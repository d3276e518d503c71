import assert from 'node:assert/strict';
import type { KubeObject, Pod } from '../../../../src/api/object.ts';
import { Cluster, message, pod, type Manifest } from '../server-fixture.ts';

const apiVersion = 'admissionregistration.k8s.io/v1';

/** A cluster in which the mutation is made to ConfigMaps and Pods. */
function mutating(mutations: Manifest[], reinvocationPolicy = 'Never', ...more: Manifest[]): Cluster {
  const rule = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps', 'pods'] };
  const cluster = new Cluster(
    ...more,
    {
      apiVersion,
      kind: 'MutatingAdmissionPolicy',
      metadata: { name: 'p' },
      spec: { reinvocationPolicy, matchConstraints: { resourceRules: [rule] }, mutations },
    },
    { apiVersion, kind: 'MutatingAdmissionPolicyBinding', metadata: { name: 'b' }, spec: { policyName: 'p' } },
  );
  cluster.settle();
  return cluster;
}

const patch = (expression: string) => ({ patchType: 'JSONPatch', jsonPatch: { expression } });
const apply = (expression: string) => ({ patchType: 'ApplyConfiguration', applyConfiguration: { expression } });
const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', labels: { t: '1' } },
  data: { z: '0' },
};

/** The data of the ConfigMap that is stored, or what is said against it. */
function outcome(mutation: Manifest): unknown {
  const response = mutating([mutation]).create<KubeObject & { data?: unknown }>(configMap);
  return response.ok
    ? response.object.data
    : message(response).replace("policy 'p' with binding 'b' denied request: ", '');
}

describe('a policy that changes what is stored', () => {
  // as kube-apiserver 1.36.3 answered
  const patches: [operation: string, expected: unknown][] = [
    [
      'op: "add", path: "/metadata/annotations/a", value: "x"',
      'JSON Patch: add operation does not apply: doc is missing path: "/metadata/annotations/a": missing value',
    ],
    ['op: "test", path: "/data/z", value: "nope"', { z: '0' }],
    [
      'op: "remove", path: "/data/nope"',
      "JSON Patch: error in remove for path: '/data/nope': Unable to remove nonexistent key: nope: missing value",
    ],
    ['op: "replace", path: "/data/nope", value: "1"', { nope: '1', z: '0' }],
    [
      'op: "add", path: "/spec", value: {"a": "b"}',
      'Internal error occurred: strict decoding error: unknown field "spec"',
    ],
    [
      'op: "add", path: "/data/n", value: 5',
      'Internal error occurred: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
    ],
    ['op: "add", path: "/data", value: Object.data{m: "1"}', { m: '1' }],
    [
      'op: "copy", from: "/data/z", path: "/data/" + jsonpatch.escapeKey("a~c")',
      "ConfigMap \"c\" is invalid: data[a~c]: Invalid value: \"a~c\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    ],
    [
      'op: "move", from: "/data/nope", path: "/data/y"',
      "JSON Patch: error in move for path: 'nope': Unable to remove nonexistent key: nope: missing value",
    ],
    [
      'op: "add", path: "/data/y/z", value: "1"',
      'JSON Patch: add operation does not apply: doc is missing path: "/data/y/z": missing value',
    ],
    ['op: "bad", path: "/data/y", value: "1"', 'JSON Patch: Unexpected kind: bad'],
    [
      'op: "add", path: "/data/who", value: request.name + object.metadata.map(k, k).filter(k, k == "uid").join("")',
      { who: 'c', z: '0' },
    ],
  ];
  for (const [operation, expected] of patches) {
    it(`JSONPatch{${operation}}`, () => assert.deepEqual(outcome(patch(`[JSONPatch{${operation}}]`)), expected));
  }

  const refused: [configuration: string, said: string][] = [
    [
      'spec: Object.spec{tolerations: [Object.spec.tolerations{key: "a"}]}',
      'error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.tolerations',
    ],
    [
      'spec: Object.spec{nodeSelector: {"a": "b"}}',
      'error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.nodeSelector',
    ],
    [
      'spec: Object.spec{initContainers: [Object.spec.initContainers{name: "i", args: ["a"]}]}',
      'error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: .spec.initContainers[0].args',
    ],
    [
      'spec: Object.spec{nodeName: Object.spec.wrong{}}',
      'type mismatch: unexpected type name "Object.spec.wrong", expected "Object.spec.nodeName", which matches field name path from root Object type',
    ],
    [
      'spec: Object.spec{bogus: "a"}',
      'error applying patch: failed to convert patch object to typed object: .spec.bogus: field not declared in schema',
    ],
    [
      'spec: Object.spec{priority: "a"}',
      'error applying patch: failed to convert patch object to typed object: .spec.priority: expected numeric (int or float), got string',
    ],
    [
      'spec: Object.spec{volumes: [Object.spec.volumes{name: "v", emptyDir: Object.spec.volumes.emptyDir{sizeLimit: "zz"}}]}',
      "unable to convert unstructured object to /v1, Kind=Pod: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    ],
    [
      'spec: Object.spec{containers: [Object.spec.containers{image: "busybox"}]}',
      'Pod "a" is invalid: spec.containers[1].name: Required value',
    ],
  ];
  for (const [configuration, said] of refused) {
    it(`Object{${configuration}}: ${said}`, () => {
      const response = mutating([apply(`Object{${configuration}}`)]).create(pod('a'));
      assert.equal(message(response).replace("policy 'p' with binding 'b' denied request: ", ''), said);
    });
  }

  it('answers 403 with the reason Invalid, and what was said as a cause', () => {
    const response = mutating([apply('Object{spec: object.nope}')]).create(pod('a'));
    assert.ok(!response.ok);
    const text =
      "policy 'p' with binding 'b' denied request: expression 'Object{spec: object.nope}' resulted in error: no such key: nope";
    const { code, message: said, reason, details } = response.status;
    assert.deepEqual(
      [code, said, reason, details],
      [403, text, 'Invalid', { name: 'a', kind: 'pods', causes: [{ message: text }] }],
    );
  });

  it('merges items by their names, and leaves out optional fields that are not there', () => {
    const expression = `Object{metadata: Object.metadata{?annotations: optional.none(), labels: {"x": "1"}},
      spec: Object.spec{containers: object.spec.containers.map(c, Object.spec.containers{name: c.name, imagePullPolicy: "Never"})}}`;
    const { metadata, spec } = mutating([apply(expression)]).add<Pod>(pod('a', {}, { labels: { t: '1' } }));
    assert.deepEqual(metadata.labels, { t: '1', x: '1' });
    assert.deepEqual(
      spec?.containers.map(({ image, imagePullPolicy }) => [image, imagePullPolicy]),
      [['nginx', 'Never']],
    );
  });

  it('sends the object through the other plugins again', () => {
    const limits = [{ type: 'Container', defaultRequest: { cpu: '100m' }, default: { cpu: '200m' } }];
    const range = { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'l' }, spec: { limits } };
    const side = apply(
      'Object{spec: Object.spec{containers: [Object.spec.containers{name: "side", image: "busybox"}]}}',
    );
    const { metadata, spec } = mutating([side], 'Never', range).add<Pod>(pod('a'));
    const resources = { requests: { cpu: '100m' }, limits: { cpu: '200m' } };
    assert.deepEqual(
      spec?.containers.map((container) => container.resources),
      [resources, resources],
    );
    assert.equal(
      metadata.annotations?.['kubernetes.io/limit-ranger'],
      'LimitRanger plugin set: cpu request for container side; cpu limit for container side',
    );
    assert.equal(spec.containers[1]?.volumeMounts?.length, 1);
  });

  it('is asked again itself only where it wants to be', () => {
    const count = patch('[JSONPatch{op: "add", path: "/data/n", value: object.data.?n.orValue("") + "x"}]');
    const data = (policy: string) => mutating([count], policy).add<KubeObject & { data: unknown }>(configMap).data;
    assert.deepEqual(data('Never'), { n: 'x', z: '0' });
    assert.deepEqual(data('IfNeeded'), { n: 'xx', z: '0' });
  });
});
