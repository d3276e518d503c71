import assert from 'node:assert/strict';
import type { Manifest } from '../server-fixture.ts';
import { Cluster, message } from '../server-fixture.ts';

const apiVersion = 'admissionregistration.k8s.io/v1';
const configMaps = {
  apiGroups: [''],
  apiVersions: ['v1'],
  operations: ['CREATE', 'UPDATE'],
  resources: ['configmaps'],
};
const parameters = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'p1' }, data: { max: '3' } };

const policy = (spec: Manifest) => ({
  apiVersion,
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'p' },
  spec: { matchConstraints: { resourceRules: [configMaps] }, ...spec },
});
const binding = (spec: Manifest = {}) => ({
  apiVersion,
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: 'b' },
  spec: { policyName: 'p', validationActions: ['Deny'], ...spec },
});
const configMap = (labels?: Manifest, data: Manifest = { z: '0' }) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', ...(labels && { labels }) },
  data,
});

const denied = "ValidatingAdmissionPolicy 'p' with binding 'b' denied request: ";

/** A cluster in which the policy is looked at. */
function governed(spec: Manifest, bound: Manifest = {}, ...more: Manifest[]): Cluster {
  const cluster = new Cluster(...more, policy(spec), binding(bound));
  cluster.settle();
  return cluster;
}

/** What is said against the object; undefined if it is stored. */
function against(cluster: Cluster, object: Manifest = configMap({ t: '1' })): string | undefined {
  const response = cluster.create(object);
  return response.ok ? undefined : message(response).replace('configmaps "c" is forbidden: ', '').replace(denied, '');
}

describe('a policy about what may be stored', () => {
  // as kube-apiserver 1.36.3 answered
  const errors: [expression: string, error: string | undefined][] = [
    ['variables.bad == ""', 'composited variable "bad" fails to evaluate: no such key: zz'],
    ['namespaceObject.metadata.annotations.x == ""', 'no such key: annotations'],
    ['object.metadata.labels.t > 3', 'no such overload'],
    ['object.metadata.labels.t[0] == "x"', 'no such key: 0'],
    ['oldObject.metadata.name == "x"', 'no such key: metadata'],
    ['[1, 2][int(object.metadata.labels.t + "0")] == 1', 'index out of bounds: 10'],
    ['int(object.data.z + "x") == 1', "type conversion error from 'string' to 'int'"],
    ['1 / int(object.data.z) == 1', 'division by zero'],
    ['object.data.z.foo == 1', 'no such key: foo'],
    [
      'duration(object.data.z + "x") == duration("1s")',
      "type conversion error from 'string' to 'google.protobuf.Duration'",
    ],
    ['object.data.all(k, has(object.data.nope.x))', 'no such key: nope'],
    ['object.metadata.labels.t == "1" && request.operation == "CREATE"', undefined],
    ['oldObject == null && request.?namespace.orValue("") == namespaceObject.metadata.name', undefined],
    ['request.userInfo.username == "kubernetes-admin" && !request.dryRun', undefined],
    ['authorizer.group("").resource("pods").namespace("default").check("create").allowed()', undefined],
    [
      '!authorizer.serviceAccount("default", "default").group("").resource("pods").check("create").allowed()',
      undefined,
    ],
    ['authorizer.requestResource.check("create").allowed()', undefined],
  ];
  for (const [expression, error] of errors) {
    it(`${expression}: ${error ?? 'holds'}`, () => {
      const variables = [{ name: 'bad', expression: 'object.data.zz' }];
      const said = against(governed({ variables, validations: [{ expression }] }));
      assert.equal(said, error && `expression '${expression}' resulted in error: ${error}`);
    });
  }

  const messages: [what: string, validation: Manifest, said: string][] = [
    ['the expression', { expression: ' 1 ==\n2 ' }, 'failed expression: 1 ==\n2'],
    ['the text', { expression: 'false', message: ' no ' }, 'no'],
    [
      'what its expression says',
      { expression: 'false', message: 'no', messageExpression: '" not " + params.data.max' },
      'not 3',
    ],
    [
      'the text where its expression fails',
      { expression: 'false', message: 'no', messageExpression: 'string(object.x)' },
      'no',
    ],
    ['the text where there are lines', { expression: 'false', message: 'no', messageExpression: '"a\\nb"' }, 'no'],
  ];
  for (const [what, validation, said] of messages) {
    it(`says ${what}`, () => {
      const paramKind = { apiVersion: 'v1', kind: 'ConfigMap' };
      const paramRef = { name: 'p1', parameterNotFoundAction: 'Deny' };
      assert.equal(against(governed({ paramKind, validations: [validation] }, { paramRef }, parameters)), said);
    });
  }

  it('answers with its reason, and the text as a cause', () => {
    const response = governed({
      validations: [{ expression: 'false', message: 'no', reason: 'RequestEntityTooLarge' }],
    }).create(configMap());
    assert.ok(!response.ok);
    assert.equal(response.code, 413);
    const causes = [{ message: `${denied}no` }];
    assert.deepEqual(response.status.details, { name: 'c', kind: 'configmaps', causes });
  });

  it('only warns where its binding says so', () => {
    const cluster = governed(
      { validations: [{ expression: 'false', message: 'no' }] },
      { validationActions: ['Warn', 'Audit'] },
    );
    const response = cluster.create(configMap());
    assert.ok(response.ok);
    assert.deepEqual(response.warnings, ["Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': no"]);
  });

  const broken = { validations: [{ expression: 'object.data.nope == "1"' }] };
  const spared: [what: string, spec: Manifest, bound?: Manifest][] = [
    [
      'whose conditions do not hold',
      { ...broken, matchConditions: [{ name: 'c', expression: '!has(object.metadata.labels)' }] },
    ],
    ['that ignores failures', { ...broken, failurePolicy: 'Ignore' }],
    ['of other labels', broken, { matchResources: { objectSelector: { matchLabels: { t: '2' } } } }],
    ['of other namespaces', broken, { matchResources: { namespaceSelector: { matchLabels: { t: '2' } } } }],
    [
      'that leaves the resource out',
      { ...broken, matchConstraints: { resourceRules: [configMaps], excludeResourceRules: [configMaps] } },
    ],
    [
      'whose parameters are not there',
      { ...broken, paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } },
      { paramRef: { name: 'x', parameterNotFoundAction: 'Allow' } },
    ],
    [
      'for what the whole cluster has',
      { ...broken, matchConstraints: { resourceRules: [{ ...configMaps, scope: 'Cluster' }] } },
    ],
  ];
  for (const [what, spec, bound] of spared) {
    it(`lets the object through ${what}`, () => assert.equal(against(governed(spec, bound)), undefined));
  }

  it('refuses where its parameters have to be there', () => {
    const paramKind = { apiVersion: 'v1', kind: 'ConfigMap' };
    const paramRef = { name: 'x', parameterNotFoundAction: 'Deny' };
    const said = against(governed({ ...broken, paramKind }, { paramRef }));
    assert.equal(
      said,
      'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
    );
  });

  it('refuses for an annotation that fails, even if it shall only warn', () => {
    const auditAnnotations = [{ key: 'k', valueExpression: 'string(object.data.zz)' }];
    const said = against(governed({ auditAnnotations }, { validationActions: ['Warn'] }));
    assert.equal(said, "expression 'string(object.data.zz)' resulted in error: no such key: zz");
  });

  it('comes too late for what is applied along with it', () => {
    const cluster = new Cluster(policy({ validations: [{ expression: 'false' }] }), binding());
    assert.equal(against(cluster), undefined);
    cluster.settle();
    assert.equal(
      against(cluster, { ...configMap(), metadata: { name: 'd' } })?.includes('failed expression: false'),
      true,
    );
  });

  it('is unknown where an expression cannot be followed', () => {
    const cluster = governed({ validations: [{ expression: 'object.data.exists(k, k.frobnicate())' }] });
    assert.equal(against(cluster), undefined);
    assert.match(
      cluster.unknown().at(-1) ?? '',
      /expression "object.data.exists\(k, k.frobnicate\(\)\)" cannot be followed/,
    );
  });
});
