import assert from 'node:assert/strict';
import { nodeText, podText, runningText, whyPending } from '../../support/pending.ts';

const port = 'ports: [{containerPort: 80, hostPort: 8080}]';

describe('the culprit behind NodePorts', () => {
  it('is the port, and who has it', () => {
    assert.deepEqual(whyPending(podText(`    ${port}\n`), nodeText('a') + runningText('other', 'a', port)), [
      '8080',
      'Host port 8080 is taken on node a by Pod default/other: use another port, or a Service instead.',
    ]);
  });

  it('names the nodes where there are several', () => {
    const cluster = nodeText('a') + nodeText('b') + runningText('one', 'a', port) + runningText('two', 'b', port);
    assert.match(whyPending(podText(`    ${port}\n`), cluster)[1], /^Host port 8080 is taken on nodes a and b: /);
  });
});
