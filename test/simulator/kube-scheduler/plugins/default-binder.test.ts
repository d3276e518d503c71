import { deepEqual, equal } from 'node:assert/strict';
import { failure } from '../../../../src/api/status.ts';
import type { Client } from '../../../../src/simulator/client/client.ts';
import { defaultBinder } from '../../../../src/simulator/kube-scheduler/plugins/default-binder.ts';
import { bindingOf, makePod } from '../cluster.ts';

const answering = (ok: boolean, requests: unknown[] = []) =>
  ({
    create(target: unknown, body: unknown) {
      requests.push(target, body);
      return ok ? { ok } : { ok, status: failure(409, 'Conflict', 'pod x is already assigned to node "b"') };
    },
  }) as unknown as Client;

describe('DefaultBinder', () => {
  it('creates a Binding', () => {
    const requests: unknown[] = [];
    equal(defaultBinder.bind?.(bindingOf(answering(true, requests), [], makePod('x'), 'a')), undefined);
    deepEqual(requests, [
      { resource: 'pods', namespace: 'default', name: 'x', subresource: 'binding' },
      {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name: 'x', namespace: 'default', uid: 'x' },
        target: { kind: 'Node', name: 'a' },
      },
    ]);
  });

  it('fails with what the server says', () => {
    deepEqual(defaultBinder.bind?.(bindingOf(answering(false), [], makePod('x'), 'a')), {
      code: 'Error',
      reasons: ['pod x is already assigned to node "b"'],
    });
  });
});
