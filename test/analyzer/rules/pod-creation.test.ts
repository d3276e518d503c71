import assert from 'node:assert/strict';
import { applyText, found, pointedAt } from '../../support/apply.ts';

const deployment = (account: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: ${account}
      containers: [{name: app, image: nginx}]
`;

describe('a workload whose Pods are refused', () => {
  it('says why, at the template', () => {
    const [row, ...others] = found(deployment('robot'), ['pod-creation']);
    assert.deepEqual(row?.slice(0, 3), ['error', 'pod-creation', 'robot']);
    assert.match(row?.[3] ?? '', /no ServiceAccount robot/);
    assert.deepEqual(others, []);
  });
  it('is an error where a quota among the files says no, whatever the cluster', () => {
    const quota = '---\napiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q}\nspec: {hard: {cpu: "1"}}\n';
    const rows = found(quota + '---\n' + deployment('default'), ['pod-creation'], { assumed: true });
    assert.deepEqual(
      rows.map(([severity]) => severity),
      ['error'],
    );
    assert.equal(found(deployment('robot'), ['pod-creation'], { assumed: true })[0]?.[0], 'warning');
  });
  it('points at the field that is refused', () => {
    const spread =
      '{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}, matchLabelKeys: [app]}';
    const text = deployment('default').replace(
      '      serviceAccountName',
      `      topologySpreadConstraints: [${spread}]\n      serviceAccountName`,
    );
    const [finding] = applyText(text).findings;
    assert.equal(finding?.id, 'pod-creation');
    assert.equal(finding?.field.path, 'spec.template.spec.topologySpreadConstraints[0]');
    assert.equal(pointedAt(finding!, text), spread);
  });

  const kinds: [kind: string, text: (account: string) => string][] = [
    ['StatefulSet', (account) => deployment(account).replace('Deployment', 'StatefulSet')],
    ['DaemonSet', (account) => deployment(account).replace('Deployment', 'DaemonSet').replace('  replicas: 2\n', '')],
    [
      'Job',
      (account) =>
        deployment(account)
          .replace(/apps(.*)Deployment/s, 'batch$1Job')
          .replace(/ {2}replicas: 2\n {2}selector.*\n/, '')
          .replace('    spec:\n', '    spec:\n      restartPolicy: Never\n'),
    ],
  ];
  for (const [kind, text] of kinds) {
    it(`says it of a ${kind} as well`, () => {
      assert.deepEqual(
        found(text('robot'), ['pod-creation']).map((row) => row.slice(0, 3)),
        [['error', 'pod-creation', 'robot']],
      );
      assert.deepEqual(found(text('default'), ['pod-creation']), []);
    });
  }

  it('has nothing to say where they are let in', () =>
    assert.deepEqual(found(deployment('default'), ['pod-creation']), []));
});
