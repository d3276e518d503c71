import assert from 'node:assert/strict';
import { nodeText, podText, runningText } from '../../../support/pending.ts';
import { offered } from '../../../support/fixes.ts';

const asking = (requests: string) => podText(`    resources:\n      requests: {${requests}} # much\n`);
const busy = nodeText('a') + runningText('other', 'a', 'resources: {requests: {cpu: 750m}}');

describe('the fix of a request that is too large', () => {
  it('takes hundreds of cpus for thousandths', () => {
    const [first] = offered(asking('cpu: 500'), 'unschedulable', { cluster: nodeText('a') });
    assert.deepEqual(first, [
      'Correct the request of cpu to 500m',
      false,
      '-       requests: {cpu: 500} # much',
      '+       requests: {cpu: 500m} # much',
    ]);
  });

  it('lowers it to what is free', () => {
    assert.deepEqual(offered(asking('cpu: 1500m'), 'unschedulable', { cluster: busy })[0], [
      'Lower the request of cpu to 1250m',
      false,
      '-       requests: {cpu: 1500m} # much',
      '+       requests: {cpu: 1250m} # much',
    ]);
  });

  it('lowers all that do not fit', () => {
    const [first] = offered(asking('cpu: 3, memory: 5Gi'), 'unschedulable', { cluster: nodeText('a') });
    assert.deepEqual(first, [
      'Lower the request of cpu to 2 and of memory to 4Gi',
      false,
      '-       requests: {cpu: 3, memory: 5Gi} # much',
      '+       requests: {cpu: 2, memory: 4Gi} # much',
    ]);
  });

  it('is none where nothing is free, or nothing was asked', () => {
    const full = nodeText('a') + runningText('other', 'a', 'resources: {requests: {cpu: 2}}');
    const lower = (text: string) =>
      offered(text, 'unschedulable', { cluster: full }).filter(([title]) => title.startsWith('Lower'));
    assert.deepEqual(lower(asking('cpu: 1')), []);
  });
});
