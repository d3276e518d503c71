import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { KubeObject } from '../../../src/api/object.ts';
import { commandNames } from '../../../src/simulator/kubectl/commands.ts';
import { configMap, folder, pod, runs, wire, withNode, withTwoNodes } from './runs.ts';

describe('other commands', () => {
  it('waits in a cluster at rest until its time is over, or for what never comes', () => {
    const simulation = runs({ 'a.yaml': configMap('one') }, [['apply -f a.yaml', 'configmap/one created\n']]);
    const look = (command: string) => simulation.look(command.split(' '), folder({}));
    const late = look('wait --for=create pod/none --timeout=5s');
    assert.deepEqual([late.exitCode, late.stderr], [1, 'error: timed out waiting for the condition\n']);
    const unmet = look('wait --for=jsonpath={.data.mode}=z cm/one --timeout=5s');
    assert.deepEqual(
      [unmet.exitCode, unmet.stderr],
      [1, 'error: timed out waiting for the condition on configmaps/one\n'],
    );
    const never = look('wait --for=create pod/none --timeout=-1s');
    assert.equal(never.stderr, 'not simulated: kubectl waits on, and nothing changes any more\n');
  });

  it('delete, and wait until it is gone', () => {
    const files = { 'a.yaml': `${configMap('one')}---\n${configMap('two')}` };
    const simulation = runs(files, [
      ['apply -f a.yaml', 'configmap/one created\nconfigmap/two created\n'],
      ['delete cm one', 'configmap "one" deleted from default namespace\n'],
      [
        'delete -f a.yaml',
        'configmap "two" deleted from default namespace\nError from server (NotFound): error when deleting "a.yaml": configmaps "one" not found\n',
        1,
      ],
      ['delete -f a.yaml --ignore-not-found', ''],
      ['delete cm', 'error: resource(s) were provided, but no name was specified\n', 1],
      ['delete cm -l a=b', 'No resources found\n'],
    ]);
    assert.ok(wire(simulation).includes('delete configmaps/one'));
  });

  it('delete a Pod that runs: the command ends when its containers have', () => {
    const simulation = runs(
      { 'a.yaml': pod },
      [
        ['apply -f a.yaml', 'pod/web created\n'],
        ['delete pod web --now', 'pod "web" deleted from default namespace\n'],
        ['get pods', 'No resources found in default namespace.\n'],
      ],
      withNode,
    );
    assert.ok(wire(simulation).some((line) => line.startsWith('watch pods/web?allowWatchBookmarks=true')));
  });

  it('taint', () => {
    runs(
      {},
      [
        ['taint nodes node1 a=x:NoSchedule b:NoExecute', 'node/node1 tainted\n'],
        ['get node node1 -o jsonpath={.spec.taints[*].key}', 'a b'],
        [
          'taint nodes node1 a=y:NoSchedule',
          'error: node node1 already has a taint(s) with same effect(s) and --overwrite is false\n',
          1,
        ],
        ['taint nodes node1 a=y:NoSchedule --overwrite', 'node/node1 modified\n'],
        ['taint nodes node1 c:NoSchedule b-', 'node/node1 modified\n'],
        ['taint nodes node1 a:NoSchedule- c-', 'node/node1 untainted\n'],
        ['taint nodes node1 a-', 'error: taint "a" not found\n', 1],
        ['taint nodes node1 a=x:Bad', 'error: invalid taint effect: Bad, unsupported taint effect\n', 1],
        ['taint pods web a-', 'error: invalid resource type pods, only node(s) is supported\n', 1],
        ['taint nodes nope a:NoSchedule', 'Error from server (NotFound): nodes "nope" not found\n', 1],
      ],
      withNode,
    );
  });

  it('label, annotate, cordon, drain', () => {
    runs(
      {},
      [
        ['label node node1 disk=ssd', 'node/node1 labeled\n'],
        ['label node node1 disk=hdd', "error: 'disk' already has a value (ssd), and --overwrite is false\n", 1],
        ['label node node1 disk=ssd', 'node/node1 not labeled\n'],
        ['label node node1 disk-', 'node/node1 unlabeled\n'],
        ['annotate node node1 note=x', 'node/node1 annotated\n'],
        ['cordon node1', 'node/node1 cordoned\n'],
        ['cordon node1', 'node/node1 already cordoned\n'],
        ['drain node1', 'node/node1 already cordoned\nnode/node1 drained\n'],
        ['uncordon node1', 'node/node1 uncordoned\n'],
        ['label node node1', 'error: at least one label update is required\n', 1],
      ],
      withNode,
    );
  });

  it('drain evicts what a controller brings back', () => {
    const deployment =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: app\n        image: nginx\n';
    const simulation = runs({ 'a.yaml': deployment }, [['apply -f a.yaml', 'deployment.apps/web created\n']], withNode);
    const { output, exitCode } = simulation.kubectl(['drain', 'node1'], folder({}));
    assert.equal(exitCode, 0);
    assert.match(
      output,
      /^node\/node1 cordoned\nevicting pod default\/(web-\S+)\npod\/\1 evicted\nnode\/node1 drained\n$/,
    );
  });

  it('drain tries again what a budget does not allow yet', () => {
    const files = {
      'a.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 2\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: app\n        image: nginx\n',
      'b.yaml':
        'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: web\nspec:\n  maxUnavailable: 1\n  selector:\n    matchLabels: {app: web}\n',
    };
    const simulation = runs(
      files,
      [
        ['cordon node2', 'node/node2 cordoned\n'],
        ['apply -f a.yaml', 'deployment.apps/web created\n'],
        ['apply -f b.yaml', 'poddisruptionbudget.policy/web created\n'],
        ['uncordon node2', 'node/node2 uncordoned\n'],
      ],
      withTwoNodes,
    );
    const { output, exitCode } = simulation.kubectl(['drain', 'node1'], folder({}));
    assert.equal(exitCode, 0);
    const evicting = (name: string) => `evicting pod default/${name}\n`;
    const [first = '', second = ''] = [...output.matchAll(/evicting pod default\/(\S+)/g)].map(([, name]) => name);
    const refusal = `error when evicting pods/"${second}" -n "default" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.\n`;
    assert.ok(output.startsWith(`node/node1 cordoned\n${evicting(first)}${evicting(second)}${refusal}`), output);
    assert.ok(output.endsWith(`${evicting(second)}pod/${second} evicted\nnode/node1 drained\n`), output);
  });

  it('create, replace, patch', () => {
    runs({ 'a.yaml': configMap('one', 'b') }, [
      ['create configmap one --from-literal=mode=a', 'configmap/one created\n'],
      ['replace -f a.yaml', 'configmap/one replaced\n'],
      ['patch cm one --type merge -p {"data":{"mode":"c"}}', 'configmap/one patched\n'],
      ['patch cm one --type merge -p {"data":{"mode":"c"}}', 'configmap/one patched (no change)\n'],
      ['get cm one -o jsonpath={.data.mode}', 'c'],
      ['create ns more', 'namespace/more created\n'],
      [
        'debug web',
        `error: not simulated: kubectl debug (what is simulated: ${['apply', ...commandNames()].sort().join(', ')})\n`,
        1,
      ],
      ['create job x', 'error: not simulated: kubectl create job x\n', 1],
      ['replace -f b.yaml', 'error: the path "b.yaml" does not exist\n', 1],
    ]);
  });

  it('scale and roll back a Deployment', () => {
    const deployment = (image: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: app\n        image: ${image}\n`;
    const simulation = runs(
      { 'a.yaml': deployment('nginx:1'), 'b.yaml': deployment('nginx:2') },
      [
        ['apply -f a.yaml', 'deployment.apps/web created\n'],
        ['scale deployment web --replicas=2', 'deployment.apps/web scaled\n'],
        ['apply -f b.yaml', 'deployment.apps/web configured\n'],
        ['rollout status deploy/web', 'deployment "web" successfully rolled out\n'],
        [
          'rollout history deploy/web',
          'deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n',
        ],
        [
          'rollout undo deploy/web',
          "Warning: resource deployments/web was previously managed with 'kubectl apply'. Rolling back will not update the kubectl.kubernetes.io/last-applied-configuration annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.\ndeployment.apps/web rolled back\n",
        ],
        ['get deploy web -o jsonpath={.spec.template.spec.containers[0].image}', 'nginx:1'],
        ['rollout restart deploy/web', 'deployment.apps/web restarted\n'],
        ['rollout undo deploy/web --to-revision=9', 'error: unable to find specified revision 9 in history\n', 1],
        ['rollout pause deploy/web', 'error: not simulated: kubectl rollout pause deploy/web\n', 1],
      ],
      withNode,
    );
    assert.ok(wire(simulation).includes('patch deployments.apps/web/scale'));
  });

  it('print YAML that says the same', () => {
    const simulation = runs({ 'a.yaml': configMap('one') }, [['apply -f a.yaml', 'configmap/one created\n']]);
    const { stdout } = simulation.kubectl(['get', 'cm', 'one', '-o', 'yaml'], folder({}));
    const printed = parse(stdout) as KubeObject;
    assert.equal(printed.metadata.name, 'one');
    assert.deepEqual((printed as KubeObject & { data: unknown }).data, { mode: 'a' });
  });
});
