import assert from 'node:assert/strict';
import { checkFile, declarationsOf, parseSource } from '../../../src/features/index.ts';
import { Surroundings } from '../../../src/features/surroundings.ts';
import { clusterFrom, found } from '../../support/apply.ts';

const ids = ['autoscaler-target'];
const autoscaler = (target: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {maxReplicas: 3, scaleTargetRef: {${target}}}\n`;
const deployment = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: a}]}}}
`;
const target = (name: string) => `apiVersion: apps/v1, kind: Deployment, name: ${name}`;

describe('the target of an autoscaler', () => {
  const rows: [what: string, target: string, at: string, explanation: RegExp][] = [
    ['that is not there', target('wbe'), 'wbe', /no Deployment wbe in the namespace default.*did you mean web\?$/],
    ['that is far from any', target('other'), 'other', /create it, or correct the name/],
    [
      'of a version of the past',
      target('web').replace('apps/v1', 'extensions/v1beta1'),
      'extensions/v1beta1',
      /apps\/v1/,
    ],
    ['without replicas', 'apiVersion: apps/v1, kind: DaemonSet, name: web', 'DaemonSet', /no number of replicas/],
    ['of a mistyped kind', 'apiVersion: apps/v1, kind: Deploymnt, name: web', 'Deploymnt', /has no kind Deploymnt/],
  ];
  for (const [what, given, at, explanation] of rows) {
    it(`${what} is told of`, () => {
      const [row, ...others] = found(autoscaler(given) + deployment, ids);
      assert.deepEqual(row?.slice(0, 3), ['error', 'autoscaler-target', at]);
      assert.match(row?.[3] ?? '', explanation);
      assert.deepEqual(others, []);
    });
  }

  it('that is there is fine, and so is one that comes after it, and a kind that others define', () => {
    assert.deepEqual(found(autoscaler(target('web')) + deployment, ids), []);
    assert.deepEqual(found(autoscaler('apiVersion: argoproj.io/v1, kind: Rollout, name: web'), ids), []);
    assert.equal(found(autoscaler(target('web')), ids, { assumed: true })[0]?.[0], 'warning', 'it may be there');
  });

  it('may be in another file', () => {
    const surroundings = new Surroundings();
    surroundings.add(declarationsOf(parseSource({ name: 'web.yaml', text: deployment })));
    const check = (name: string) => {
      const file = parseSource({ name: 'app.yaml', text: autoscaler(target(name)) });
      return checkFile(file, surroundings, { cluster: clusterFrom('tutorial'), preset: true }).map(({ id }) => id);
    };
    assert.deepEqual(
      check('web').filter((id) => id !== 'unknown'),
      [],
    );
    assert.deepEqual(check('wbe'), ids);
  });
});
