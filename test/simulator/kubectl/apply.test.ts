import assert from 'node:assert/strict';
import { Simulation } from '../../../src/simulator/index.ts';
import { configMap, folder, fresh, pod, runs, wire } from './runs.ts';

const writeQuery = 'fieldManager=kubectl-client-side-apply&fieldValidation=Strict';

describe('kubectl apply', () => {
  it('creates, leaves alone and patches', () => {
    const files = { 'a.yaml': configMap('one'), 'b.yaml': configMap('one', 'b') };
    const simulation = runs(files, [
      ['apply -f a.yaml', 'configmap/one created\n'],
      ['apply -f a.yaml', 'configmap/one unchanged\n'],
      ['apply -f b.yaml', 'configmap/one configured\n'],
      ['get cm one -o jsonpath={.data}', '{"mode":"b"}'],
      [
        'get cm one -o jsonpath={.metadata.annotations}',
        '{"kubectl.kubernetes.io/last-applied-configuration":"{\\"apiVersion\\":\\"v1\\",\\"data\\":{\\"mode\\":\\"b\\"},\\"kind\\":\\"ConfigMap\\",\\"metadata\\":{\\"annotations\\":{},\\"name\\":\\"one\\",\\"namespace\\":\\"default\\"}}\\n"}',
      ],
    ]);
    assert.deepEqual(wire(simulation), [
      'get /openapi/v3',
      'get /openapi/v3/api/v1',
      'get /api',
      'get /apis',
      'get configmaps/one',
      `create configmaps/one?${writeQuery}`,
      'get /openapi/v3',
      'get configmaps/one',
      'get /openapi/v3',
      'get configmaps/one',
      `patch configmaps/one?${writeQuery}`,
      'get configmaps/one',
      'get configmaps/one',
    ]);
  });

  it('sends an empty list again where the server keeps none', () => {
    const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: r\nrules: []\n';
    const files = { 'empty.yaml': role, 'none.yaml': role.replace(/rules.*/, '').replace('name: r', 'name: none') };
    runs(files, [
      ['apply -f empty.yaml', 'role.rbac.authorization.k8s.io/r created\n'],
      ['apply -f empty.yaml', 'role.rbac.authorization.k8s.io/r configured\n'],
      ['get role r -o jsonpath={.metadata.generation}{.rules}', ''],
      ['apply -f none.yaml', 'role.rbac.authorization.k8s.io/none created\n'],
      ['apply -f none.yaml', 'role.rbac.authorization.k8s.io/none unchanged\n'],
      ['diff -f empty.yaml', ''],
    ]);
  });

  it('looks at all documents first, and at the namespace before it creates in it', () => {
    const deployment =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: app\n        image: nginx\n';
    const files = { 'a.yaml': `${deployment}---\n${configMap('one')}` };
    const simulation = runs(files, [['apply -f a.yaml', 'deployment.apps/web created\nconfigmap/one created\n']]);
    assert.deepEqual(wire(simulation), [
      'get /openapi/v3',
      'get /openapi/v3/apis/apps/v1',
      'get /api',
      'get /apis',
      'get /openapi/v3/api/v1',
      'get deployments.apps/web',
      'get namespaces/shop',
      `create deployments.apps/web?${writeQuery}`,
      'get configmaps/one',
      `create configmaps/one?${writeQuery}`,
    ]);
  });

  it('takes Lists, folders and standard input', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: in-list}\n';
    const typed = 'apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: typed}\n';
    const files = {
      '-': configMap('stdin'),
      'd/2.yaml': list,
      'd/1.yml': configMap('first'),
      'd/notes.txt': 'not read',
      'd/sub/3.json': typed,
    };
    runs(files, [
      ['apply -f -', 'configmap/stdin created\n'],
      ['apply -f d', 'configmap/first created\nconfigmap/in-list created\n'],
      ['apply -R -f d', 'configmap/first unchanged\nconfigmap/in-list unchanged\nconfigmap/typed created\n'],
      ['apply -l a=b -f -', 'error: no objects passed to apply\n', 1],
    ]);
  });

  it('does nothing in a dry run', () => {
    const files = { 'a.yaml': configMap('one'), 'b.yaml': configMap('one', 'b') };
    runs(files, [
      ['apply --dry-run=client -f a.yaml', 'configmap/one created (dry run)\n'],
      ['apply --dry-run=server -f a.yaml', 'configmap/one created (server dry run)\n'],
      ['apply -f a.yaml', 'configmap/one created\n'],
      ['apply --dry-run=client -f a.yaml', 'configmap/one unchanged (dry run)\n'],
      ['apply --dry-run=client -o jsonpath={.data.mode} -f b.yaml', 'b'],
      ['apply --dry-run=server -f b.yaml', 'configmap/one configured (server dry run)\n'],
      ['get cm one -o jsonpath={.data.mode}', 'a'],
      [
        'apply --dry-run=maybe -f a.yaml',
        'error: Invalid dry-run value (maybe). Must be "none", "server", or "client".\n',
        1,
      ],
    ]);
  });

  it('prints what it is asked to print', () => {
    runs({ 'a.yaml': configMap('one') }, [
      ['apply -o name -f a.yaml', 'configmap/one\n'],
      ['apply -o jsonpath={.kind} -f a.yaml', 'ConfigMap'],
    ]);
  });

  const refused: [title: string, file: string, output: string][] = [
    [
      'an unknown kind',
      'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: a\n',
      'error: resource mapping not found for name: "a" namespace: "" from "a.yaml": no matches for kind "Thing" in version "example.com/v1"\nensure CRDs are installed first\n',
    ],
    [
      'unknown kinds in a List, with a name that is refused later',
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: foo/v1, kind: A}\n- {apiVersion: v1, kind: ConfigMap}\n- {apiVersion: foo/v1, kind: B}\n',
      '[unable to recognize no matches for kind "A" in version "foo/v1", unable to recognize no matches for kind "B" in version "foo/v1"]\nerror when retrieving current configuration of:\nResource: "/v1, Resource=configmaps", GroupVersionKind: "/v1, Kind=ConfigMap"\nName: "", Namespace: "default"\nfrom server for: "a.yaml": resource name may not be empty\n',
    ],
    [
      'no kind and no version',
      'metadata:\n  name: a\n',
      'error: error validating "a.yaml": error validating data: [apiVersion not set, kind not set]; if you choose to ignore these errors, turn validation off with --validate=false\n',
    ],
    [
      'no name',
      'apiVersion: v1\nkind: Pod\n',
      'error: error when retrieving current configuration of:\nResource: "/v1, Resource=pods", GroupVersionKind: "/v1, Kind=Pod"\nName: "", Namespace: "default"\nfrom server for: "a.yaml": resource name may not be empty\n',
    ],
    [
      'a generated name',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  generateName: web-\n',
      'error: from web-: cannot use generate name with apply\n',
    ],
    [
      'a name that is no text',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: 5\n',
      'error: unable to decode "a.yaml": json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string\n',
    ],
    [
      'labels that are no map',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  labels: [a]\n',
      'error: unable to decode "a.yaml": json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string\n',
    ],
    [
      'a bad field deep in an owner reference',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  ownerReferences:\n  - name: true\n',
      'error: unable to decode "a.yaml": json: cannot unmarshal bool into Go struct field OwnerReference.metadata.ownerReferences.name of type string\n',
    ],
    [
      'a time that is none',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  creationTimestamp: tomorrow\n',
      'error: unable to decode "a.yaml": parsing time "tomorrow" as "2006-01-02T15:04:05Z07:00": cannot parse "tomorrow" as "2006"\n',
    ],
    [
      'a text',
      'hello\n',
      'error: error validating "a.yaml": error validating data: invalid object to validate; if you choose to ignore these errors, turn validation off with --validate=false\n',
    ],
    ['nothing', '# nothing\n', 'error: no objects passed to apply\n'],
    [
      'a namespace that is not there',
      `${configMap('one')}`.replace('name: one', 'name: one\n  namespace: nowhere'),
      'Error from server (NotFound): error when creating "a.yaml": namespaces "nowhere" not found\n',
    ],
    [
      'what the server finds invalid',
      pod.replace('nginx', '""'),
      'The Pod "web" is invalid: spec.containers[0].image: Required value\n',
    ],
  ];
  for (const [title, file, output] of refused) {
    it(`refuses ${title}`, () => void runs({ 'a.yaml': file }, [['apply -f a.yaml', output, 1]]));
  }

  it('goes on after what it refuses, and tells all in the end', () => {
    const files = {
      'a.yaml': `${configMap('one')}---\napiVersion: v1\nkind: Nope\nmetadata: {name: x}\n---\n${configMap('two')}`,
      'b.yaml': 'a: [',
    };
    const unknown =
      'resource mapping not found for name: "x" namespace: "" from "a.yaml": no matches for kind "Nope" in version "v1"\nensure CRDs are installed first\n';
    runs(files, [
      ['apply -f a.yaml', `configmap/one created\nconfigmap/two created\nerror: ${unknown}`, 1],
      ['apply -f missing.yaml -f a.yaml', 'error: the path "missing.yaml" does not exist\n', 1],
      ['apply -n kube-system -f c.yaml', 'error: the path "c.yaml" does not exist\n', 1],
    ]);
    const simulation = new Simulation(fresh);
    const { output, exitCode } = simulation.kubectl(['apply', '-f', 'a.yaml,b.yaml'], folder(files));
    assert.equal(exitCode, 1);
    assert.match(
      output,
      /created\nresource mapping not found .*\nensure CRDs are installed first\nerror parsing b\.yaml: /s,
    );
  });

  it('holds its user to the namespace', () => {
    const files = { 'a.yaml': configMap('one').replace('name: one', 'name: one\n  namespace: default') };
    runs(files, [
      [
        'apply -n shop -f a.yaml',
        'error: the namespace from the provided object "default" does not match the namespace "shop". You must pass \'--namespace=default\' to perform this operation.\n',
        1,
      ],
    ]);
  });

  it('warns of an object that it did not create', () => {
    const warning =
      'Warning: resource configmaps/one is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n';
    runs({ 'a.yaml': configMap('one') }, [
      ['create -f a.yaml', 'configmap/one created\n'],
      ['apply -f a.yaml', `${warning}configmap/one configured\n`],
      [
        'create -f a.yaml',
        'Error from server (AlreadyExists): error when creating "a.yaml": configmaps "one" already exists\n',
        1,
      ],
    ]);
  });

  it('says what it cannot do here', () => {
    const simulation = runs({ 'a.yaml': pod }, [
      ['apply --server-side -k k', 'error: not simulated: -k k: nothing is built here\n', 1],
      ['apply --bogus -f a.yaml', "error: unknown flag: --bogus\nSee 'kubectl apply --help' for usage.\n", 1],
      ['apply -f http://example.com/a.yaml', 'error: not simulated: -f http://example.com/a.yaml\n', 1],
      ['apply', 'error: must specify one of -f and -k\n', 1],
      [
        'apply --validate=maybe -f a.yaml',
        'error: invalid - validate option "maybe"; must be one of: strict (or true), warn, ignore (or false)\n',
        1,
      ],
    ]);
    const unknown = simulation.trace.filter(({ type }) => type === 'unknown');
    assert.equal(unknown.length, 2);
  });

  it('tells a conflict with the patch that it tried, and gets round it by force', () => {
    const stale = configMap('one', 'b').replace('name: one', 'name: one\n  resourceVersion: "1"');
    const simulation = runs({ 'a.yaml': configMap('one'), 'b.yaml': stale }, [
      ['apply -f a.yaml', 'configmap/one created\n'],
    ]);
    const { output, exitCode } = simulation.kubectl(['apply', '-f', 'b.yaml'], folder({ 'b.yaml': stale }));
    assert.equal(exitCode, 1);
    assert.match(
      output,
      /^Error from server \(Conflict\): error when applying patch:\n\{"data":\{"mode":"b"\},.*\nto:\nResource: "\/v1, Resource=configmaps", GroupVersionKind: "\/v1, Kind=ConfigMap"\nName: "one", Namespace: "default"\nfor: "b.yaml": error when patching "b.yaml": Operation cannot be fulfilled on configmaps "one": /,
    );
    const immutable = `${configMap('two')}immutable: true\n`;
    runs({ 'a.yaml': immutable, 'b.yaml': immutable.replace('mode: a', 'mode: b') }, [
      ['apply -f a.yaml', 'configmap/two created\n'],
      ['apply --force -f b.yaml', 'configmap/two configured\n'],
      ['get cm two -o jsonpath={.data.mode}', 'b'],
    ]);
  });
});
