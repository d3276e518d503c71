import assert from 'node:assert/strict';
import { parseSource, applyFiles, loadCluster } from '../../src/features/index.ts';
import { readFileSync } from 'node:fs';

const cluster = loadCluster({
  name: 'tutorial',
  sources: [{ name: 'tutorial', text: readFileSync('media/clusters/tutorial.yaml', 'utf8') }],
  assumed: true,
});
assert.ok(!('problem' in cluster));

const pod = (name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, labels: {app: ${name}}}\nspec: {containers: [{name: app, image: nginx}]}\n`;
const service =
  'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n';
const policy = (selector: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny}\nspec: {podSelector: ${selector}, policyTypes: [Ingress, Egress]}\n`;

function entriesOf(...documents: string[]) {
  const files = [parseSource({ name: 'app.yaml', text: documents.join('---\n') })];
  return applyFiles({
    files,
    cluster: cluster as Exclude<typeof cluster, { problem: string }>,
    preset: true,
    reach: true,
  }).trace;
}

describe('reaching a Service', () => {
  it('ends connected where no policy selects the Pods', () => {
    const trace = entriesOf(pod('web'), service, policy('{matchLabels: {app: other}}'));
    const connection = trace.findLast((entry) => entry.type === 'action' && entry.action.type === 'connection');
    assert.ok(connection?.type === 'action' && connection.action.type === 'connection');
    assert.equal(connection.action.result, 'connected');
    assert.ok(!trace.some(({ type }) => type === 'unknown'));
  });

  it('is unknown where a policy has a say', () => {
    const trace = entriesOf(pod('web'), service, policy('{}'));
    assert.ok(!trace.some((entry) => entry.type === 'action' && entry.action.type === 'connection'));
    const unknown = trace.find((entry) => entry.type === 'unknown');
    assert.ok(unknown?.type === 'unknown');
    assert.equal(unknown.subject.name, 'deny');
    assert.match(unknown.reason, /^NetworkPolicies are not modelled: whether deny lets the traffic to 10\.\d+\./);
  });
});
