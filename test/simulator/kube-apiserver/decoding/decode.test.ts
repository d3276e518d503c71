// Bodies in, the server's sentence or the object out. The sentences are those of Kubernetes 1.36.3.
import assert from 'node:assert/strict';
import { resourceOfKind } from '../../../../src/api/resources.ts';
import type { KubeObject } from '../../../../src/api/object.ts';
import {
  canonicalize,
  decode,
  unrecognized,
  wireForm,
  type DecodingOptions,
} from '../../../../src/simulator/kube-apiserver/decoding/decode.ts';

function decodeAs(apiVersion: string, kind: string, body: unknown, options: DecodingOptions = { strict: true }) {
  const resource = resourceOfKind(apiVersion, kind);
  assert.ok(resource);
  return decode(body, resource, options);
}

function refusal(apiVersion: string, kind: string, body: unknown, options?: DecodingOptions): string {
  const decoded = decodeAs(apiVersion, kind, body, options);
  assert.ok('status' in decoded, 'the body is refused');
  assert.deepEqual([decoded.status.code, decoded.status.reason], [400, 'BadRequest']);
  return decoded.status.message;
}

/** What is said behind `Pod in version "v1" cannot be handled as a Pod: `. */
function podRefusal(body: object): string {
  const text = refusal('v1', 'Pod', { apiVersion: 'v1', kind: 'Pod', ...body });
  const prefix = 'Pod in version "v1" cannot be handled as a Pod: ';
  assert.ok(text.startsWith(prefix), text);
  return text.slice(prefix.length);
}

function object(apiVersion: string, kind: string, body: object): Record<string, unknown> {
  const decoded = decodeAs(apiVersion, kind, { apiVersion, kind, ...body });
  assert.ok('object' in decoded, JSON.stringify(decoded));
  return decoded.object as unknown as Record<string, unknown>;
}

describe('decoding', () => {
  const container = (more: object) => ({ spec: { containers: [{ name: 'a', ...more }] } });
  const mismatches: [body: object, text: string][] = [
    [{ metadata: 'x' }, 'string into Go struct field Pod.metadata of type v1.ObjectMeta'],
    [
      { metadata: { labels: ['a'] } },
      'array into Go struct field ObjectMeta.metadata.labels of type map[string]string',
    ],
    [{ metadata: { labels: { a: 1 } } }, 'number into Go struct field ObjectMeta.metadata.labels of type string'],
    [{ spec: { containers: {} } }, 'object into Go struct field PodSpec.spec.containers of type []v1.Container'],
    [{ spec: { containers: ['a'] } }, 'string into Go struct field PodSpec.spec.containers of type v1.Container'],
    [container({ command: 'a' }), 'string into Go struct field Container.spec.containers.command of type []string'],
    [container({ tty: 'yes' }), 'string into Go struct field Container.spec.containers.tty of type bool'],
    [
      container({ ports: [{ containerPort: 1.5 }] }),
      'number 1.5 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    ],
    [
      container({ ports: [{ containerPort: 99_999_999_999 }] }),
      'number 99999999999 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
    ],
    [
      { spec: { activeDeadlineSeconds: 10n ** 20n } },
      'number 100000000000000000000 into Go struct field PodSpec.spec.activeDeadlineSeconds of type int64',
    ],
    [
      { spec: { volumes: [{ secret: { secretName: true } }] } },
      'bool into Go struct field SecretVolumeSource.spec.volumes.VolumeSource.secret.secretName of type string',
    ],
    [{ spec: { dnsPolicy: 1 } }, 'number into Go struct field PodSpec.spec.dnsPolicy of type v1.DNSPolicy'],
    [
      container({ livenessProbe: { httpGet: { port: true } } }),
      'bool into Go struct field HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port of type int32',
    ],
    [
      container({ livenessProbe: { httpGet: { port: 1.5 } } }),
      'number 1.5 into Go struct field HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port of type int32',
    ],
    [
      { metadata: { creationTimestamp: 5 } },
      'number into Go struct field ObjectMeta.metadata.creationTimestamp of type string',
    ],
  ];
  for (const [body, text] of mismatches) {
    it(text, () => assert.equal(podRefusal(body), `json: cannot unmarshal ${text}`));
  }

  it('reports the first mismatch in byte order of the keys, and no unknown field beside it', () => {
    const body = { spec: { zzz: 1, hostname: 1, containers: 1 }, metadata: { nam: 'x' } };
    assert.match(podRefusal(body), /^json: cannot unmarshal number into Go struct field PodSpec\.spec\.containers /);
  });

  it('lets an error of a type that reads itself win over all before', () => {
    const limits = { limits: { cpu: '1x' } };
    assert.match(podRefusal({ metadata: { name: 5 }, ...container({ resources: limits }) }), /^quantities must match/);
    assert.equal(
      podRefusal(container({ resources: { limits: { cpu: '1Gim' } } })),
      "unable to parse quantity's suffix",
    );
    assert.match(podRefusal({ metadata: { deletionTimestamp: 'tomorrow' } }), /^parsing time "tomorrow" as /);
  });

  it('names every unknown field, with indexes and keys and without embedded structs', () => {
    const body = {
      metadata: { Name: 'x' },
      spec: { containers: [{ name: 'a' }, { imagee: { any: 1 } }], volumes: [{ emptydir: {} }] },
      'strange"key': 1,
    };
    assert.equal(
      podRefusal(body),
      'strict decoding error: unknown field "metadata.Name", unknown field "spec.containers[1].imagee", ' +
        'unknown field "spec.volumes[0].emptydir", unknown field "strange\\"key"',
    );
    const crd = { spec: { versions: [{ schema: { openAPIV3Schema: { properties: { a: { tipe: 'string' } } } } }] } };
    assert.match(
      refusal('apiextensions.k8s.io/v1', 'CustomResourceDefinition', crd),
      /unknown field "spec\.versions\[0\]\.schema\.openAPIV3Schema\.properties\.a\.tipe"$/,
    );
  });

  it('only collects unknown fields when it is not strict', () => {
    const decoded = decodeAs('v1', 'ConfigMap', { metadata: { name: 'a' }, dada: {} }, { strict: false });
    assert.ok('object' in decoded);
    assert.deepEqual(decoded.problems, ['unknown field "dada"']);
    assert.deepEqual(decoded.object, { kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'a' } });
  });

  it('names what is wrong with the text of a YAML body first', () => {
    const yaml = { text: '', problems: ['yaml: unmarshal errors:\n  line 7: key "k" already set in map'] };
    assert.equal(
      refusal('v1', 'ConfigMap', { x: 1 }, { strict: true, yaml }),
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: ' +
        'yaml: unmarshal errors:\n  line 7: key "k" already set in map, unknown field "x"',
    );
  });

  it('reads base64', () => {
    const data = (value: unknown) => object('v1', 'Secret', { data: { k: value } })['data'];
    assert.deepEqual(data('Y2Vy\ndA=='), { k: 'Y2VydA==' });
    assert.deepEqual(data('QR=='), { k: 'QQ==' });
    assert.deepEqual(data([99, 101, 114, 116]), { k: 'Y2VydA==' });
    assert.deepEqual(data([1, 2, 3]), { k: 'AQID' });
    assert.deepEqual(data([1, 2]), { k: 'AQI=' });
    const refused: [value: string, offset: number][] = [
      ['YQ', 0],
      ['YQ=', 3],
      ['not base64!', 3],
      ['YQ==x', 4],
      ['Y=', 1],
      ['YQ=x', 2],
    ];
    for (const [value, offset] of refused) {
      const text = refusal('v1', 'Secret', { data: { k: value } });
      assert.equal(text.split(': ').at(-1), `illegal base64 data at input byte ${offset}`, value);
    }
    assert.match(
      refusal('v1', 'Secret', { data: { k: [300] } }),
      /number 300 into Go struct field Secret\.data of type uint8$/,
    );
  });

  it('reads the parts of a schema that may be two things', () => {
    const crd = (schema: object) => ({ spec: { versions: [{ schema: { openAPIV3Schema: schema } }] } });
    const schema = (given: object): unknown => {
      const { spec } = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', crd(given)) as {
        spec: { versions: { schema: { openAPIV3Schema: unknown } }[] };
      };
      return spec.versions[0]?.schema.openAPIV3Schema;
    };
    const both = { items: { type: 'string' }, additionalProperties: false, default: { any: [1] }, enum: [null, 1] };
    assert.deepEqual(schema(both), both);
    assert.deepEqual(schema({ items: [{ type: 'string' }], additionalProperties: { type: 'string' } }), {
      items: [{ type: 'string' }],
      additionalProperties: { type: 'string' },
    });
    assert.deepEqual(schema({ dependencies: { a: ['b'], c: { type: 'string' }, d: 5, e: [] } }), {
      dependencies: { a: ['b'], c: { type: 'string' }, d: null, e: null },
    });
    const refusedSchema = (given: object) =>
      refusal('apiextensions.k8s.io/v1', 'CustomResourceDefinition', crd(given)).replace(/^.*?: /, '');
    assert.equal(refusedSchema({ additionalProperties: 'x' }), 'boolean or JSON schema expected');
    assert.equal(
      refusedSchema({ items: { type: 5, unknown: 1 } }),
      'json: cannot unmarshal number into Go struct field ' +
        'JSONSchemaProps.spec.versions.schema.openAPIV3Schema.items.type of type string',
    );
  });

  it('finds the kind first', () => {
    assert.match(
      refusal('v1', 'ConfigMap', ['a', 'b'], { strict: true, yaml: { text: '- a\n- b\n', problems: [] } }),
      /^the object provided is unrecognized \(must be of type ConfigMap\): couldn't get version\/kind; json parse error: json: cannot unmarshal array into Go value of type struct \{ APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" \} \(2d20610a2d20620a\)$/,
    );
    assert.match(
      refusal('v1', 'Pod', { apiVersion: 'v1', kind: 5 }),
      /json parse error: json: cannot unmarshal number into Go struct field \.kind of type string \(7b22[0-9a-f]*7d\)$/,
    );
    assert.equal(
      refusal('v1', 'Pod', { apiVersion: 'v1', kind: 'Deployment' }),
      'Deployment in version "v1" cannot be handled as a Pod: ' +
        'no kind "Deployment" is registered for version "v1" in scheme "pkg/runtime/scheme.go:111"',
    );
    assert.equal(
      refusal('apps/v1', 'Deployment', { apiVersion: 'apps/v2', kind: 'Deployment' }),
      'Deployment in version "v2" cannot be handled as a Deployment: ' +
        'no kind "Deployment" is registered for version "apps/v2" in scheme "pkg/runtime/scheme.go:111"',
    );
    assert.equal(
      refusal('autoscaling/v2', 'HorizontalPodAutoscaler', {
        apiVersion: 'autoscaling/v1',
        kind: 'HorizontalPodAutoscaler',
      }),
      'the API version in the data (autoscaling/v1) does not match the expected API version (autoscaling/v2)',
    );
    assert.match(unrecognized('Pod', 'yaml: oh', 'é').message, /^the object .*: yaml: oh \(c3a9\)$/);
  });

  it('takes the kind from the request where the body has none', () => {
    const decoded = decodeAs('v1', 'ConfigMap', { metadata: { name: 'a' } });
    assert.ok('object' in decoded);
    assert.deepEqual([decoded.object.apiVersion, decoded.object.kind], ['v1', 'ConfigMap']);
  });

  it('gives the object as Go holds it: in order, without null, quantities and times canonical', () => {
    const body = {
      spec: {
        tolerations: null,
        hostNetwork: false,
        hostUsers: false,
        volumes: [{ name: 'v', emptyDir: {}, configMap: null }],
        containers: [
          { image: 'x', name: 'a', resources: { limits: { memory: '1024Mi', cpu: 0.5 } }, command: [null, 'b'] },
        ],
      },
      metadata: { deletionTimestamp: '2026-01-01T01:00:00+01:00', name: 'p', annotations: { b: null, a: 'x' } },
    };
    assert.equal(
      JSON.stringify(object('v1', 'Pod', body)),
      JSON.stringify({
        kind: 'Pod',
        apiVersion: 'v1',
        metadata: { name: 'p', deletionTimestamp: '2026-01-01T00:00:00Z', annotations: { a: 'x', b: '' } },
        spec: {
          volumes: [{ name: 'v', emptyDir: {} }],
          containers: [
            { name: 'a', image: 'x', command: ['', 'b'], resources: { limits: { cpu: '500m', memory: '1Gi' } } },
          ],
          hostUsers: false,
        },
        status: {},
      }),
    );
  });

  it('keeps empty lists until they are stored, and writes null where a list is always written', () => {
    const body = {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'a', finalizers: [] },
      spec: { limits: [] },
    };
    const decoded = object('v1', 'LimitRange', body) as unknown as KubeObject;
    assert.deepEqual(decoded, body);
    const stored = { ...body, metadata: { name: 'a' } };
    assert.deepEqual(canonicalize(decoded), stored);
    assert.deepEqual(wireForm(decoded), { ...stored, spec: { limits: null } });
    assert.deepEqual(wireForm(canonicalize(decoded)), { ...stored, spec: { limits: null } });
    const lacking = object('v1', 'LimitRange', { metadata: {} });
    assert.deepEqual(lacking['spec'], { limits: [] });
  });

  it('writes the zero values that Go writes', () => {
    const backend = { resource: { kind: 'K', name: 'n' } };
    const spec = { rules: [{ http: { paths: [{ path: '/', backend }] } }] };
    const ingress = object('networking.k8s.io/v1', 'Ingress', { spec });
    assert.deepEqual(ingress['spec'], spec);
    assert.deepEqual((wireForm(ingress as unknown as KubeObject) as unknown as typeof ingress)['spec'], {
      rules: [
        {
          http: {
            paths: [{ path: '/', pathType: null, backend: { resource: { apiGroup: null, kind: 'K', name: 'n' } } }],
          },
        },
      ],
    });
    const service = object('v1', 'Service', { spec: { ports: [{ port: 80, targetPort: null }] } });
    assert.deepEqual(service['spec'], { ports: [{ port: 80, targetPort: 0 }] });
  });

  it('leaves an object of another kind as it is', () => {
    const custom = { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' }, spec: null } as KubeObject;
    assert.equal(canonicalize(custom), custom);
  });

  it('is not fooled by keys that every object has', () => {
    const body = JSON.parse('{"metadata":{"labels":{"__proto__":"a","constructor":"b"}},"constructor":1}') as object;
    assert.equal(podRefusal(body), 'strict decoding error: unknown field "constructor"');
    const { metadata } = object('v1', 'ConfigMap', JSON.parse('{"metadata":{"labels":{"__proto__":"a"}}}') as object);
    assert.equal(JSON.stringify(metadata), '{"labels":{"__proto__":"a"}}');
  });
});
