import assert from 'node:assert/strict';
import { applyText, found, type Options } from '../../support/apply.ts';

const job = (spec: string, restartPolicy = 'Never') => `apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  ${spec}
  template:
    spec:
      restartPolicy: ${restartPolicy}
      containers:
      - name: task
        image: task
`;
const exits = (exit: number): Options => ({ images: { images: { task: { runs: [{ exit, after: '2s' }] } } } });

const ids = ['job-failed'];

describe('a Job that fails', () => {
  it('is told of at what ended, with the limit that was reached', () => {
    const rows = found(job('backoffLimit: 1'), ids, exits(3));
    assert.deepEqual(
      rows.map((row) => row.slice(0, 3)),
      [['error', 'job-failed', 'task']],
    );
    assert.match(rows[0]?.[3] ?? '', /^Container task ended with exit code 3 \(Error\), and no more failures/);
  });

  it('has tried as often as it may unless told', () => {
    const { outcomes, end } = applyText(job('completions: 1'), exits(1));
    assert.deepEqual([outcomes[0]?.verdict, outcomes[0]?.says, end], ['failing', 'Failed', 'quiet']);
  });

  it('is told of with the policy that ended it', () => {
    const policy = 'podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [3]}}]}';
    const [row] = found(job(policy), ids, exits(3));
    assert.match(row?.[3] ?? '', /podFailurePolicy ends the Job/);
  });

  it('is none that completes, or still runs', () => {
    assert.deepEqual(found(job('backoffLimit: 1'), ids, exits(0)), []);
    assert.deepEqual(found(job('activeDeadlineSeconds: 5'), ids), []);
  });
});
