import assert from 'node:assert/strict';
import { found } from '../../support/apply.ts';

const ids = ['unknown-field', 'mistyped-field', 'invalid-field', 'kubectl'];
const list = `apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {}}
- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}, dta: {}}
- {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: [x]}]}}
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {}}}
`;

describe('what kubectl finds in the items of a List', () => {
  it('is told of each item’s own field', () => {
    assert.deepEqual(
      found(list, ids).map(([severity, id, token, explanation]) => [severity, id, token, explanation]),
      [
        ['error', 'unknown-field', 'dta', 'The object has no field dta: did you mean data?'],
        ['error', 'mistyped-field', 'image', 'spec.containers[0].image wants a string, not an array.'],
        ['error', 'invalid-field', 'spec', 'Give spec.template a value.'],
      ],
    );
  });
});
