import assert from 'node:assert/strict';
import { resourceByQualifiedName, resourceOfKind } from '../../src/api/resources.ts';
import { alreadyExists, badRequest, conflict, forbidden, notFound, objectModified } from '../../src/api/status.ts';

describe('status', () => {
  const pods = resourceOfKind('v1', 'Pod');
  const deployments = resourceByQualifiedName('deployments.apps');
  assert.ok(pods && deployments);

  const rows: [ReturnType<typeof notFound>, number, string, string][] = [
    [notFound(pods, 'a'), 404, 'NotFound', 'pods "a" not found'],
    [alreadyExists(deployments, 'a'), 409, 'AlreadyExists', 'deployments.apps "a" already exists'],
    [
      conflict(deployments, 'a', objectModified),
      409,
      'Conflict',
      'Operation cannot be fulfilled on deployments.apps "a": the object has been modified; ' +
        'please apply your changes to the latest version and try again',
    ],
    [forbidden(pods, 'a', 'no'), 403, 'Forbidden', 'pods "a" is forbidden: no'],
    [forbidden(pods, '', 'no'), 403, 'Forbidden', 'pods is forbidden: no'],
    [badRequest('oh'), 400, 'BadRequest', 'oh'],
  ];
  for (const [status, code, reason, message] of rows) {
    it(message, () => assert.deepEqual([status.code, status.reason, status.message], [code, reason, message]));
  }

  it('names the plural resource in its details', () => {
    assert.deepEqual(notFound(deployments, 'a').details, { name: 'a', group: 'apps', kind: 'deployments' });
    assert.deepEqual(notFound(pods, 'a').details, { name: 'a', kind: 'pods' });
  });
});
