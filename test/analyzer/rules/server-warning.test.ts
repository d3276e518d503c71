import assert from 'node:assert/strict';
import { applyText, found } from '../../support/apply.ts';

const endpoints = 'apiVersion: v1\nkind: Endpoints\nmetadata: {name: a}\n';

describe('a warning of the API server', () => {
  it('is told in its words', () => {
    const [finding] = applyText(endpoints).findings.filter(({ id }) => id === 'server-warning');
    assert.equal(finding?.severity, 'warning');
    assert.match(finding?.message ?? '', /^v1 Endpoints is deprecated in v1\.33\+/);
  });
  it('is not there for what it takes gladly', () => {
    assert.deepEqual(found('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n', ['server-warning']), []);
  });
});
