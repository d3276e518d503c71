// Text with carets: under a line stands what is expected of it, `#   ^^^^ error finding-id`. These lines are taken out before the text is checked.
import assert from 'node:assert/strict';
import { checkFile, checkTogether, declarationsOf, parseSource, Surroundings } from '../../src/features/index.ts';
import { clusterFrom, nodeText } from '../support/apply.ts';

const caretLine = /^[# ]*?(\^+) (error|warning|info) (\S+)$/;

/** The text without its expectations, and those as `line:column-endColumn severity id`. */
function withoutCarets(marked: string): { text: string; expected: string[] } {
  const lines: string[] = [];
  const expected: string[] = [];
  for (const line of marked.split('\n')) {
    const [, carets, severity, id] = caretLine.exec(line) ?? [];
    if (!carets) {
      lines.push(line);
      continue;
    }
    const column = line.indexOf('^') + 1;
    expected.push(`${lines.length}:${column}-${column + carets.length} ${severity} ${id}`);
  }
  return { text: lines.join('\n'), expected };
}

interface Options {
  readonly cluster?: string;
  readonly assumed?: boolean;
  /** What other files say. */
  readonly others?: readonly string[];
  readonly only?: 'api';
}

function check(marked: string, { cluster = 'tutorial', assumed = false, others = [], only }: Options = {}): void {
  const { text, expected } = withoutCarets(marked);
  const surroundings = new Surroundings();
  const file = parseSource({ name: 'app.yaml', text });
  surroundings.add(declarationsOf(file, only));
  others.forEach((other, i) =>
    surroundings.add(declarationsOf(parseSource({ name: `other-${i}.yaml`, text: other }), only)),
  );
  const options = { cluster: clusterFrom(cluster, assumed), preset: !cluster.includes('\n'), only };
  const found = checkFile(file, surroundings, options).map(
    ({ line, column, endLine, endColumn, severity, id }) =>
      `${line}:${column}-${endLine === line ? endColumn : `${endLine}:${endColumn}`} ${severity} ${id}`,
  );
  assert.deepEqual(found, expected);
}

const tainted = nodeText('db-1', { taint: 'dedicated=db:NoSchedule' });

describe('the place of a finding', () => {
  const manifests: Record<string, [marked: string, options?: Options]> = {
    'is a mistyped key': [
      `apiVersion: v1
kind: Pod
metadata:
  name: myapp
spec:
  containers:
  - name: app
    imagee: nginx
#   ^^^^^^ error unknown-field
`,
    ],
    'is a value of the wrong type': [
      `apiVersion: v1
kind: Pod
metadata:
  name: myapp
spec:
  containers:
  - name: app
    image: nginx
    env:
    - name: A
      value: 5
#            ^ error mistyped-field
`,
    ],
    'is spec where tolerations are missing': [
      `apiVersion: v1
kind: Pod
metadata:
  name: myapp
spec:
^^^^ error unschedulable
  containers:
  - name: app
    image: nginx
`,
      { cluster: tainted },
    ],
    'is tolerations where one is missing': [
      `apiVersion: v1
kind: Pod
metadata:
  name: myapp
spec:
  tolerations:
# ^^^^^^^^^^^ error unschedulable
  - key: other
    operator: Exists
  containers:
  - name: app
    image: nginx
`,
      { cluster: tainted },
    ],
    'is a warning on a cluster that nobody chose': [
      `apiVersion: v1
kind: Pod
metadata:
  name: myapp
spec:
  nodeSelector:
    disktype: ssd
#             ^^^ warning unschedulable
  containers:
  - name: app
    image: nginx
`,
      { assumed: true },
    ],
    'is the request that fits nowhere': [
      `apiVersion: apps/v1
kind: Deployment
metadata:
  name: myapp
spec:
  selector:
    matchLabels: {app: myapp}
  template:
    metadata:
      labels: {app: myapp}
    spec:
      containers:
      - name: app
        image: nginx
        resources:
          requests:
            memory: 100Gi
#                   ^^^^^ error unschedulable
`,
    ],
    'is the key that kubectl drops': [
      `apiVersion: v1
kind: ConfigMap
metadata:
  name: a
data:
  a: "1"
  a: "2"
# ^ warning duplicate-key
`,
    ],
    'is inside an item of a List': [
      `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: a
- apiVersion: v1
  kind: ConfigMap
  metadata:
    name: b
  dta: {}
# ^^^ error unknown-field
`,
    ],
    'is in flow style, as in KYAML': [
      `{apiVersion: v1, kind: Pod, metadata: {name: myapp}, spec: {
  containers: [{name: app, imagee: nginx}],
#                          ^^^^^^ error unknown-field
}}
`,
    ],
    'is in the document it belongs to': [
      `apiVersion: v1
kind: ConfigMap
metadata:
  name: a
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
# ^^^^^^^^ warning service-without-endpoints
    app: web
  ports:
  - port: 80
`,
    ],
    'is the kind that nobody knows': [
      `apiVersion: example.com/v1
kind: Database
#     ^^^^^^^^ info unknown-kind
metadata:
  name: a
`,
    ],
    'is where the YAML ends to be YAML': [
      `apiVersion: v1
kind: Pod
metadata:
  name: "a
#       ^^ error yaml
`,
    ],
    'is the first action of a template': [
      `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
#       ^^ info template
`,
    ],
    'is nowhere in what is not Kubernetes': [
      `version: 3
services:
  web: {image: nginx}
`,
    ],
    'is nowhere in an empty file': [''],
  };
  for (const [what, [marked, options]] of Object.entries(manifests)) it(what, () => check(marked, options));
});

describe('the other files', () => {
  const pod = (more: string, metadata = '{name: myapp}') => `apiVersion: v1
kind: Pod
metadata: ${metadata}
spec:
  containers:
  - name: app
    image: nginx
${more}`;
  const shop = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';

  it('bring their namespaces, with what is in every namespace', () => {
    check(pod('', '{name: myapp, namespace: shop}'), { others: [shop] });
  });

  it('bring ConfigMaps that the file names', () => {
    const marked = pod('    envFrom: [{configMapRef: {name: settings}}]\n');
    check(marked, { others: ['apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n'] });
  });

  it('bring what a policy is bound to', () => {
    const policy = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: team}
spec:
  paramKind: {apiVersion: v1, kind: ConfigMap}
  matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]}
  validations: [{expression: "object.metadata.?labels.team.orValue('') == params.data.team"}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: team}
spec:
  policyName: team
  validationActions: [Deny]
  paramRef: {name: teams, namespace: default, parameterNotFoundAction: Deny}
`;
    const params = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: teams}\ndata: {team: web}\n';
    for (const only of [undefined, 'api'] as const) {
      check(pod('', '{name: myapp, labels: {team: web}}'), { others: [policy, params], ...(only && { only }) });
    }
  });

  it('bring no Pods, but a Service may count on them', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n';
    check(service, { others: [pod('', '{name: web, labels: {app: web}}')] });
  });

  it('bring no Services, but an Ingress may count on them', () => {
    const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  defaultBackend:
    service:
      name: web
      port: {number: 80}
`;
    const service = (name: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {ports: [{port: 80}]}\n`;
    check(ingress, { others: [service('web')] });
    check(ingress.replace('web\n      port', 'web\n#           ^^^ warning ingress-backend\n      port'), {
      others: [service('other')],
    });
  });

  it('bring nodes in place of a preset’s', () => {
    const marked = pod('').replace('spec:\n', 'spec:\n^^^^ error unschedulable\n');
    check(marked, { others: [tainted], assumed: true });
  });

  it('bring nodes beside those of a cluster that was given', () => {
    check(pod(''), { others: [tainted], cluster: nodeText('free') });
  });

  it('bring definitions of kinds, which are not modelled', () => {
    const definition =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: databases.example.com}\nspec: {group: example.com, names: {kind: Database, plural: databases}}\n';
    const marked =
      'apiVersion: example.com/v1\nkind: Database\n#     ^^^^^^^^ info unknown-kind\nmetadata: {name: a}\n';
    check(marked, { others: [definition] });
  });

  it('bring nothing that the server would refuse', () => {
    check(pod(''), {
      others: ['apiVersion: v1\nkind: Namespace\nmetadata: nonsense\n', 'apiVersion: v1\nkind: ConfigMap\n'],
    });
  });

  it('do not stand in the way of the same object', () => check(shop, { others: [shop] }));
});

describe('a check of the API alone', () => {
  const only = 'api';

  it('says what kubectl and the server say', () => {
    const marked = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: -1
#           ^^ error invalid-field
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: nginx}]}
`;
    check(marked, { only });
  });

  it('does not say what would become of it', () => {
    const pod = `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  nodeSelector: {disk: none}
  containers: [{name: app, image: nginx}]
`;
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: none}, ports: [{port: 80}]}\n';
    check(pod, { only });
    check(service, { only });
  });

  it('takes Pods into a namespace of the same file, as whose ServiceAccount they run', () => {
    check(
      `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: myapp, namespace: shop}
spec: {containers: [{name: app, image: nginx}]}
`,
      { only },
    );
  });
});

describe('files together', () => {
  const parse = (name: string, text: string) => parseSource({ name, text });
  const options = { cluster: clusterFrom('tutorial'), preset: true };

  it('are one apply, in the order given', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec: {containers: [{name: a, image: a}]}\n';
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';
    const ids = (...texts: string[]) =>
      checkTogether(
        texts.map((text, i) => parse(`${i}.yaml`, text)),
        options,
      ).map(({ id, file }) => `${file} ${id}`);
    assert.deepEqual(ids(namespace, pod), []);
    assert.deepEqual(ids(pod, namespace), ['0.yaml namespace-missing']);
  });

  it('are silent where none is a manifest', () => {
    assert.deepEqual(checkTogether([parse('a.yaml', 'a: 1\n')], options), []);
  });
});
