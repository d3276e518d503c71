import assert from 'node:assert/strict';
import { applyText, found } from '../../support/apply.ts';

const pod = (container: string, more = '') => `apiVersion: v1
kind: Pod
metadata:
  name: myapp${more}
spec:
  containers:
  - name: app
    ${container}
`;

describe('what the API server refuses', () => {
  const rows: [what: string, id: string, text: string, pointedAt: string, explanation: RegExp][] = [
    [
      'a field it does not know',
      'unknown-field',
      pod('imagee: nginx'),
      'imagee',
      /no field imagee: did you mean image\?/,
    ],
    ['a field at the wrong place', 'unknown-field', pod('image: nginx\n  replicas: 2'), 'replicas', /remove it/],
    [
      'a value of the wrong type',
      'mistyped-field',
      pod('image: 5'),
      '5',
      /spec.containers\[0\].image wants a string, not a number: put quotes/,
    ],
    ['a list that is none', 'mistyped-field', pod('image: nginx\n    args: yes'), 'yes', /wants a list, not a boolean/],
    [
      'a quantity that is none',
      'mistyped-field',
      pod('image: nginx\n    resources: {limits: {cpu: lots}}'),
      'lots',
      /limits\[cpu\] cannot be read/,
    ],
    [
      'an operator that nobody knows',
      'invalid-field',
      pod(
        'image: nginx\n  affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Is, values: [b]}]}]}}}',
      ),
      'Is',
      /^Use In, NotIn, Exists, DoesNotExist, Gt or Lt\.$/,
    ],
    ['a name that is none', 'invalid-field', pod('image: nginx').replace('myapp', 'My_App'), 'My_App', /lower case/],
    [
      'a field that has to be there',
      'invalid-field',
      pod('ports: []'),
      'name',
      /Give spec.containers\[0\].image a value/,
    ],
    [
      'a value that is not supported',
      'invalid-field',
      `${pod('image: nginx')}  restartPolicy: Alwys\n`,
      'Alwys',
      /Did you mean Always\?/,
    ],
    [
      'a namespace that is not there',
      'namespace-missing',
      pod('image: nginx', '\n  namespace: shop'),
      'shop',
      /no namespace shop/,
    ],
    [
      'a ServiceAccount that is not there',
      'reference-missing',
      `${pod('image: nginx')}  serviceAccountName: robot\n`,
      'robot',
      /no ServiceAccount robot/,
    ],
    [
      'a way it does not take',
      'refused',
      'apiVersion: v1\nkind: ComponentStatus\nmetadata: {name: a}\n',
      'ComponentStatus',
      /refuses/,
    ],
  ];
  for (const [what, id, text, at, explanation] of rows) {
    it(`is said of ${what}`, () => {
      const [row, ...others] = found(text, [id]);
      assert.deepEqual(row?.slice(0, 3), ['error', id, at]);
      assert.match(row?.[3] ?? '', explanation);
      assert.deepEqual(others, []);
    });
  }

  it('is said in the words of the server', () => {
    const [finding] = applyText(pod('imagee: nginx')).findings;
    assert.equal(finding?.message, 'strict decoding error: unknown field "spec.containers[0].imagee"');
    assert.deepEqual(finding?.steps.length, 2);
  });

  it('is said of each field of an invalid object', () => {
    const text = pod('image: nginx\n    ports: [{containerPort: 0}, {containerPort: 70000}]');
    assert.deepEqual(
      found(text, ['invalid-field']).map(([, , at]) => at),
      ['0', '70000'],
    );
  });

  it('only warns where it hangs on a cluster that nobody chose', () => {
    const options = { assumed: true };
    const service = (address: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: ${address}, ports: [{port: 80}]}\n`;
    const elsewhere = found(service('172.20.0.53'), ['invalid-field'], options);
    assert.equal(elsewhere[0]?.[0], 'warning', 'another cluster has another range');
    assert.equal(found(service('here'), ['invalid-field'], options)[0]?.[0], 'error');
    const [[severity, , , explanation] = []] = found(
      pod('image: nginx', '\n  namespace: shop'),
      ['namespace-missing'],
      options,
    );
    assert.equal(severity, 'warning');
    assert.match(explanation ?? '', /\(assumed cluster: tutorial\)$/);
    assert.equal(found(pod('imagee: nginx'), ['unknown-field'], options)[0]?.[0], 'error');
  });

  it('is an error where what says no is written in the files, whatever the cluster', () => {
    const namespace = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
`;
    const quota = `---
apiVersion: v1
kind: ResourceQuota
metadata: {name: q, namespace: shop}
spec: {hard: {cpu: "1"}}
`;
    const limits = `---
apiVersion: v1
kind: LimitRange
metadata: {name: l, namespace: shop}
spec: {limits: [{type: Container, max: {cpu: 500m}}]}
`;
    const refused = pod('image: nginx\n    resources: {requests: {cpu: 2}, limits: {cpu: 2}}', '\n  namespace: shop');
    const plain = namespace.replace('pod-security', 'example');
    for (const files of [namespace, plain + quota, plain + limits]) {
      const rows = found(`${files}---\n${refused}`, ['forbidden'], { assumed: true });
      assert.deepEqual(
        rows.map(([severity]) => severity),
        ['error'],
        files,
      );
      assert.doesNotMatch(rows[0]?.[3] ?? '', /assumed/);
    }
  });

  it('points at the schema of a definition where it is written', () => {
    const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: foos.example.com}
spec:
  group: example.com
  names: {kind: Foo, plural: foos}
  scope: Namespaced
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {a: {type: objct}}}}}
`;
    const [finding] = applyText(definition).findings;
    assert.match(finding?.message ?? '', /^spec\.validation\.openAPIV3Schema\.properties\[a\]\.type: /);
    assert.deepEqual(found(definition, ['invalid-field'])[0]?.slice(2), ['objct', 'Did you mean object?']);
  });

  it('stands at the kind where nothing of what is missing is there', () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ntype: kubernetes.io/tls\nstringData: {tls.crt: x}\n';
    assert.equal(found(secret, ['invalid-field'])[0]?.[2], 'Secret');
  });

  it('says that a namespace comes too late where it is applied after its object', () => {
    const shop = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
    const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n';
    const [row] = found(`${object}---\n${shop}`, ['namespace-missing']);
    assert.equal(row?.[2], 'shop');
    assert.match(row?.[3] ?? '', /Namespace shop is applied only after this object.*put it first/);
    const [alone] = found(`${object}---\n${shop.replace('shop', 'Shop')}`, ['namespace-missing']);
    assert.match(alone?.[3] ?? '', /has no namespace shop/);
    const [refused] = found(`${shop.replace('{name', '{labels: {a: b/}, name')}---\n${object}`, ['namespace-missing']);
    assert.match(refused?.[3] ?? '', /has no namespace shop/);
  });

  it('names the plugin whose admission says no', () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec: {containers: [{name: a, image: a}]}\n`;
    assert.deepEqual(found(text, ['forbidden', 'duplicate-field']), []);
  });

  it('shows both places of what is there twice', () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}, {name: a, image: b}]}\n`;
    const [finding] = applyText(text).findings;
    assert.deepEqual(
      [finding?.field.path, finding?.related.map(({ path }) => path)],
      ['spec.containers[1].name', ['spec.containers[0].name']],
    );
  });

  it('says that kubectl’s own annotation is too long, and of another that it is', () => {
    const big = 'x'.repeat(300_000);
    const map = (metadata: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a${metadata}}\n`;
    assert.match(found(`${map('')}data: {a: ${big}}\n`, ['invalid-field'])[0]?.[3] ?? '', /--server-side/);
    assert.match(found(map(`, annotations: {a: ${big}}`), ['invalid-field'])[0]?.[3] ?? '', /^Correct metadata/);
  });
});
