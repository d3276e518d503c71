import assert from 'node:assert/strict';
import { nodeText, podText, runningText } from '../../../support/pending.ts';
import { offered } from '../../../support/fixes.ts';

const port = 'ports: [{containerPort: 80, hostPort: 8080}]';
const cluster =
  nodeText('a') + runningText('other', 'a', port) + runningText('next', 'a', port.replace('8080', '8081'));

describe('fixes of a port of the node that is taken', () => {
  it('do without it, or use the next that is free', () => {
    assert.deepEqual(offered(podText(`    ${port} # web\n`), 'unschedulable', { cluster }).slice(0, 2), [
      [
        'Do without host port 8080',
        false,
        '-     ports: [{containerPort: 80, hostPort: 8080}] # web',
        '+     ports: [{containerPort: 80}] # web',
      ],
      [
        'Use host port 8082',
        false,
        '-     ports: [{containerPort: 80, hostPort: 8080}] # web',
        '+     ports: [{containerPort: 80, hostPort: 8082}] # web',
      ],
    ]);
  });
});
