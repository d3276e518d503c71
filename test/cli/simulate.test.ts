import assert from 'node:assert/strict';
import { Folder, pod, runIn, taintedNode } from './terminal.ts';

describe('applyscope simulate', () => {
  const made = new Folder({
    'pod.yaml': pod,
    'node.yaml': taintedNode,
    'app/a.yaml': pod,
    'app/deep/b.yaml': pod.replace('myapp', 'other'),
    'app/kustomization.yaml': 'resources: [a.yaml]\nnameSuffix: -v1\n',
  });
  after(() => made.remove());
  const file = made.file('pod.yaml');

  it('tells the way of a Pod to Running', async () => {
    const { code, out, error } = await runIn(['simulate', '-f', file]);
    assert.deepEqual([code, error], [0, '']);
    assert.match(out, /pod\/myapp {2}Running on worker-1/);
    assert.ok(!out.includes('\u001b'));
  });

  it('applies what is built of a kustomization', async () => {
    const { code, out } = await runIn(['simulate', '-k', made.file('app'), '--then', 'get pods -o name']);
    assert.equal(code, 0);
    assert.match(out, /kubectl apply -k /);
    assert.match(out, /\$ kubectl get pods -o name\npod\/myapp-v1\n$/);
  });

  it('explains fields', async () => {
    const { out } = await runIn(['simulate', '-f', file, '--then', 'explain pod.spec.hostNetwork']);
    assert.match(out, /FIELD: hostNetwork <boolean>/);
  });

  it('ends at the scheduler on a tainted cluster', async () => {
    const { code, out } = await runIn(['simulate', '-f', file, '--cluster', made.file('node.yaml')]);
    assert.equal(code, 0);
    assert.match(out, /✗ kube-scheduler .*1 node\(s\) had untolerated taint\(s\)/);
    assert.match(out, /Node db-1 has the taint dedicated=db:NoSchedule/);
  });

  it('prints what kubectl would print then', async () => {
    const { out } = await runIn(['simulate', '-f', file, '--then', 'get pods', '--then', 'get nodes -o name']);
    assert.match(
      out,
      /\$ kubectl get pods\nNAME {4}READY {3}STATUS {4}RESTARTS {3}AGE\nmyapp {3}1\/1 {5}Running {3}0 {10}\d+s\n/,
    );
    assert.match(out, /\$ kubectl get nodes -o name\nnode\/control-plane\nnode\/worker-1\nnode\/worker-2\n$/);
  });

  it('prints the run as JSON: times, trace, outcomes, findings', async () => {
    const { out } = await runIn(['simulate', '-f', file, '-o', 'json']);
    const run = JSON.parse(out) as { end: string; trace: { seq: number }[]; outcomes: unknown[]; findings: unknown[] };
    assert.equal(run.end, 'quiet');
    assert.ok(run.trace.every(({ seq }, i) => seq === i));
    assert.deepEqual(run.findings, []);
    assert.deepEqual(run.outcomes, [
      {
        object: { apiVersion: 'v1', kind: 'Pod', name: 'myapp', namespace: 'default' },
        verdict: 'running',
        says: 'Running on worker-1',
      },
    ]);
  });

  it('prints the diagram, or a report with it', async () => {
    assert.match((await runIn(['simulate', '-f', file, '-o', 'mermaid'])).out, /^sequenceDiagram\n/);
    assert.match((await runIn(['simulate', '-f', file, '-o', 'markdown'])).out, /^# kubectl apply -f /);
  });

  it('gives the same bytes again', async () => {
    const argv = ['simulate', '-f', file, '--depth', 'wire'];
    assert.equal((await runIn(argv)).out, (await runIn(argv)).out);
  });

  it('looks into folders as kubectl does: the files in it, with -R all below', async () => {
    assert.ok(!(await runIn(['simulate', '-f', made.file('app')])).out.includes('pod/other'));
    assert.match((await runIn(['simulate', '-R', '-f', made.file('app')])).out, /pod\/other created/);
  });

  it('applies in a namespace', async () => {
    const { out } = await runIn(['simulate', '-f', file, '-n', 'kube-public']);
    assert.match(out, /\$ kubectl apply -n kube-public -f /);
    assert.match(out, /put \/registry\/pods\/kube-public\/myapp/);
  });

  it('prints what kubectl says of a file that is none', async () => {
    const other = made.write('other.yaml', 'a: 1\n');
    const { code, out } = await runIn(['simulate', '-f', other]);
    assert.equal(code, 0);
    assert.match(out, /error validating data: \[apiVersion not set, kind not set\]/);
  });

  it('ends with 2 for a path that is not there', async () => {
    assert.deepEqual(await runIn(['simulate', '-f', made.file('nowhere')]), {
      code: 2,
      out: '',
      error: `applyscope: the path "${made.file('nowhere')}" does not exist\n`,
    });
  });
});
