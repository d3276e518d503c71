import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const deployment = (selector: string, labels: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  ${selector}
  template:
    metadata: {labels: {${labels}}}
    spec: {containers: [{name: app, image: nginx}]}
`;

describe('the fix of a selector that does not mean its own template', () => {
  it('labels the template, or asks for what it has', () => {
    assert.deepEqual(offered(deployment('selector: {matchLabels: {app: web}}', 'app: wbe'), 'invalid-field'), [
      [
        'Give the template the label app=web',
        false,
        '-     metadata: {labels: {app: wbe}}',
        '+     metadata: {labels: {app: web}}',
      ],
      [
        'Let the selector ask for app=wbe',
        false,
        '-   selector: {matchLabels: {app: web}}',
        '+   selector: {matchLabels: {app: wbe}}',
      ],
    ]);
  });

  it('labels the template where it has no such label', () => {
    const text = deployment('selector: {matchLabels: {app: web, tier: front}}', 'app: web');
    assert.deepEqual(offered(text, 'invalid-field'), [
      [
        'Give the template the label tier=front',
        false,
        '-     metadata: {labels: {app: web}}',
        '+     metadata: {labels: {app: web, tier: front}}',
      ],
    ]);
  });

  it('makes a selector that is missing', () => {
    assert.deepEqual(offered(deployment('replicas: 1', 'app: web'), 'invalid-field'), [
      ['Select the labels of the template (app=web)', false, '+   selector:', '+     matchLabels:', '+       app: web'],
    ]);
  });
});
