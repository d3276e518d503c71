import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const cronJob = (version: string) => `apiVersion: ${version} # old
kind: CronJob
metadata: {name: a}
spec:
  schedule: "* * * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}
`;

describe('the fix of an API version that is not served', () => {
  it('is the one that is', () => {
    assert.deepEqual(offered(cronJob('batch/v1beta1'), 'unknown-kind'), [
      ['Use batch/v1', true, '- apiVersion: batch/v1beta1 # old', '+ apiVersion: batch/v1 # old'],
    ]);
    assert.deepEqual(
      offered(cronJob('v1'), 'unknown-kind').map(([title]) => title),
      ['Use batch/v1'],
    );
  });

  it('is none for a group of somebody else', () => {
    assert.deepEqual(offered(cronJob('example.com/v1'), 'unknown-kind'), []);
  });
});
