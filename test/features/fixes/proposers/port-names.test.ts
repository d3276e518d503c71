import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const service = `apiVersion: v1
kind: Service
metadata: {name: a}
spec:
  ports:
  - port: 80 # plain
  - {port: 53, protocol: UDP}
  - {port: 53, protocol: TCP}
  - {port: 8080, name: admin}
`;

describe('the fix of ports without names', () => {
  it('names them all, each differently', () => {
    assert.deepEqual(offered(service, 'invalid-field'), [
      [
        'Name the ports http, dns, dns-tcp',
        false,
        '-   - {port: 53, protocol: UDP}',
        '-   - {port: 53, protocol: TCP}',
        '+     name: http',
        '+   - {port: 53, protocol: UDP, name: dns}',
        '+   - {port: 53, protocol: TCP, name: dns-tcp}',
      ],
    ]);
  });
});
