import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const text = (selector: string) => `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web, tier: front}}
spec: {containers: [{name: a, image: b}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {${selector}} # of the Pod
  ports: [{port: 80}]
`;
const ask = (selector: string) =>
  offered(text(selector), 'service-without-endpoints').map(([title, , , after]) => [title, after]);

describe('the fix of a Service that selects no Pod', () => {
  it('corrects a value, or a key', () => {
    assert.deepEqual(ask('app: wbe'), [['Select app=web', '+   selector: {app: web} # of the Pod']]);
    assert.deepEqual(ask('app: web, teir: front'), [
      ['Select by tier', '+   selector: {app: web, tier: front} # of the Pod'],
    ]);
  });

  it('is not known where two labels are wrong', () => {
    assert.deepEqual(ask('app: x, tier: q'), []);
  });
});
