import assert from 'node:assert/strict';
import { folder, fresh, runs, wire } from './runs.ts';
import { Simulation } from '../../../src/simulator/index.ts';

const deployment = (replicas: number | string, image: string, extra = '') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: ${replicas}\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: app\n        image: ${image}\n${extra}`;

const advice = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
`;

const applied = 'deployment.apps/web serverside-applied\n';
const refused = (what: string) => `Error from server: failed to create typed patch object ${what}\n`;

describe('kubectl apply --server-side', () => {
  it('sends the configuration, whether the object is there or not', () => {
    const files = { 'a.yaml': deployment(2, 'nginx:1') };
    const steps = ['apply --server-side -f a.yaml', 'apply --server-side -f a.yaml'] as const;
    const simulation = runs(
      files,
      steps.map((step) => [step, applied]),
    );
    const patch = 'patch deployments.apps/web?fieldManager=kubectl&fieldValidation=Strict&force=false';
    assert.deepEqual(
      wire(simulation).filter((line) => line.includes('deployments')),
      [patch, patch],
    );
  });

  it('refuses what others own, and takes it over by force', () => {
    const files = { 'a.yaml': deployment(2, 'nginx:1'), 'b.yaml': deployment(5, 'nginx:2') };
    const conflicts = (other: string) =>
      `error: Apply failed with 2 conflicts: conflicts with "${other}":\n- .spec.replicas\n- .spec.template.spec.containers[name="app"].image\n${advice}`;
    runs(files, [
      ['apply --server-side --field-manager=one -f a.yaml', applied],
      ['apply --server-side --field-manager=two -f b.yaml', conflicts('one'), 1],
      ['apply --server-side --field-manager=two --force-conflicts -f b.yaml', applied],
      ['get deploy web -o jsonpath={.spec.replicas}', '5'],
      ['apply --server-side --field-manager=one -f a.yaml', conflicts('two'), 1],
    ]);
  });

  it('makes what is changed otherwise the property of who changed it', () => {
    const files = { 'a.yaml': deployment(2, 'nginx:1') };
    const simulation = runs(files, [['apply --server-side -f a.yaml', applied]]);
    simulation.kubectl(['scale', 'deploy/web', '--replicas=3'], folder(files));
    const { output } = simulation.kubectl(['apply', '--server-side', '-f', 'a.yaml'], folder(files));
    assert.match(
      output,
      /^error: Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps\/v1: \.spec\.replicas\n/,
    );
  });

  it('takes out what is no longer applied, and leaves what others apply', () => {
    const env = (names: string[]) => `        env:\n${names.map((name) => `        - name: ${name}\n`).join('')}`;
    const files = {
      'a.yaml': deployment(2, 'nginx:1', env(['A', 'B', 'C'])),
      'b.yaml': deployment(2, 'nginx:1', env(['B'])),
      'c.yaml': deployment(2, 'nginx:1'),
    };
    runs(files, [
      ['apply --server-side -f a.yaml', applied],
      ['apply --server-side --field-manager=other -f b.yaml', applied],
      ['apply --server-side -f c.yaml', applied],
      ['get deploy web -o jsonpath={.spec.template.spec.containers[0].env}', '[{"name":"B"}]'],
    ]);
  });

  it('takes over from client-side apply', () => {
    const files = {
      'a.yaml': deployment(2, 'nginx:1', '        command: [run]\n'),
      'b.yaml': deployment(5, 'nginx:1'),
    };
    runs(files, [
      ['apply -f a.yaml', 'deployment.apps/web created\n'],
      ['apply --server-side -f b.yaml', applied],
      ['get deploy web -o jsonpath={.spec.replicas}', '5'],
      ['get deploy web -o jsonpath={.spec.template.spec.containers[0].command}', ''],
    ]);
  });

  it('does not know whose a field was that somebody changed before', () => {
    const files = { 'a.yaml': deployment(2, 'nginx:1') };
    const simulation = new Simulation(fresh);
    for (const command of ['apply -f a.yaml', 'scale deploy/web --replicas=3', 'apply --server-side -f a.yaml']) {
      simulation.kubectl(command.split(' '), folder(files));
    }
    const unknown = simulation.trace.find(({ type }) => type === 'unknown');
    assert.ok(unknown?.type === 'unknown');
    assert.match(unknown.reason, /^whose \.spec\.replicas was/);
  });

  it('holds the configuration against the schema first', () => {
    const files = {
      'type.yaml': deployment('"2"', 'nginx'),
      'field.yaml': deployment(2, 'nginx', '        imagee: x\n'),
      'twice.yaml': deployment(2, 'nginx', '        env:\n        - name: A\n        - name: A\n'),
      'half.yaml': deployment(1.5, 'nginx'),
    };
    const subject = '(default/web; apps/v1, Kind=Deployment)';
    const app = '.spec.template.spec.containers[name="app"]';
    runs(files, [
      [
        'apply --server-side -f type.yaml',
        refused(`${subject}: .spec.replicas: expected numeric (int or float), got string`),
        1,
      ],
      ['apply --server-side -f field.yaml', refused(`${subject}: ${app}.imagee: field not declared in schema`), 1],
      ['apply --server-side -f twice.yaml', refused(`${subject}: ${app}.env: duplicate entries for key [name="A"]`), 1],
      [
        'apply --server-side -f half.yaml',
        `Error from server: failed to convert new object ${subject} to proper version: unable to convert unstructured object to apps/v1, Kind=Deployment: cannot convert float64 to int32\n`,
        1,
      ],
    ]);
  });

  it('keeps what the server has added around a probe that is given up by a null', () => {
    const probe = (value: string) => deployment(2, 'nginx', `        livenessProbe: ${value}\n`);
    const files = { 'a.yaml': probe('{tcpSocket: {port: 80}}'), 'b.yaml': probe('null') };
    const text =
      'The Deployment "web" is invalid: spec.template.spec.containers[0].livenessProbe: Required value: must specify a handler type\n';
    runs(files, [
      ['apply --server-side -f a.yaml', applied],
      ['apply --server-side -f b.yaml', text, 1],
    ]);
  });

  it('does not take away the name with the last thing that was owned beside it', () => {
    const config = (finalizers: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${finalizers && `, finalizers: [${finalizers}]`}}\n`;
    const files = { 'a.yaml': config('x.y/a'), 'b.yaml': config('') };
    runs(files, [
      ['apply --server-side -f a.yaml', 'configmap/c serverside-applied\n'],
      ['apply --server-side -f b.yaml', 'configmap/c serverside-applied\n'],
    ]);
  });

  it('does not show what a Secret holds', () => {
    const files = { 'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: 4711}\n' };
    const simulation = new Simulation(fresh);
    const { output } = simulation.kubectl(['apply', '--server-side', '-f', 'a.yaml'], folder(files));
    assert.match(output, /\.stringData\.password: expected string/);
    assert.ok(!output.includes('4711'));
    assert.ok(!JSON.stringify(simulation.trace).includes('4711'));
  });

  it('is told apart from what client-side apply alone can do', () => {
    const files = { 'a.yaml': deployment(2, 'nginx') };
    runs(files, [
      ['apply --force-conflicts -f a.yaml', 'error: --force-conflicts only works with --server-side\n', 1],
      ['apply --server-side --force -f a.yaml', 'error: --force cannot be used with --server-side\n', 1],
      [
        'apply --server-side --dry-run=client -f a.yaml',
        "error: --dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)\n",
        1,
      ],
    ]);
  });
});
