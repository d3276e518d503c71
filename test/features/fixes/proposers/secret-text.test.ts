import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const secret = `apiVersion: v1
kind: Secret
metadata: {name: a}
data:
  user: YWRtaW4=
  password: not base64! # change me
`;

describe('the fix of a Secret with plain text in data', () => {
  it('moves it to stringData', () => {
    assert.deepEqual(offered(secret, 'mistyped-field'), [
      [
        'Move password to stringData, which takes plain text',
        false,
        // the line itself stays where it is
        '+ stringData:',
      ],
    ]);
  });
});
