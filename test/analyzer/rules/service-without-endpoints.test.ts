import assert from 'node:assert/strict';
import { found } from '../../support/apply.ts';

const ids = ['service-without-endpoints'];
const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: ${spec}\n`;
const template = (kind: string) => `---
apiVersion: apps/v1
kind: ${kind}
metadata: {name: web}
spec: {serviceName: web, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: a}]}}}
`;

describe('a Service', () => {
  const selecting = service('{selector: {app: web, tier: front}, ports: [{port: 80}]}');

  it('that selects no Pod is told of, with the labels', () => {
    const [row] = found(selecting, ids);
    assert.deepEqual(row?.slice(0, 3), ['warning', 'service-without-endpoints', 'selector']);
    assert.match(row?.[3] ?? '', /No Pod has the labels app=web,tier=front/);
  });

  const fine: [string, string][] = [
    ['without a selector', service('{ports: [{port: 80}]}')],
    ['that is a name for another', service('{type: ExternalName, externalName: example.com, selector: {app: web}}')],
    ['whose Pods run', service('{selector: {app: web}, ports: [{port: 80}]}') + template('Deployment')],
    [
      'whose Pods would come from a controller that is not modelled',
      service('{selector: {app: web}, ports: [{port: 80}]}') + template('StatefulSet'),
    ],
  ];
  for (const [what, text] of fine) it(`${what} is fine`, () => assert.deepEqual(found(text, ids), []));

  it('whose selector means the Pods only in part is told of', () => {
    assert.equal(found(selecting + template('Deployment'), ids).length, 1);
  });
});
