import assert from 'node:assert/strict';
import {
  duplicate,
  forbidden,
  internal,
  invalid,
  invalidStatus,
  message,
  notFound,
  notSupported,
  required,
  tooLong,
  tooMany,
  tooShort,
  typeInvalid,
  type FieldError,
} from '../../src/api/field-error.ts';
import { FieldPath } from '../../src/api/field-path.ts';

describe('field error', () => {
  const path = FieldPath.of('spec', 'containers').index(0);
  const rows: [FieldError, string][] = [
    [required(path.child('name')), 'spec.containers[0].name: Required value'],
    [required('spec', 'no node'), 'spec: Required value: no node'],
    [forbidden('spec', 'no'), 'spec: Forbidden: no'],
    [invalid('a', 'x"y', 'bad'), 'a: Invalid value: "x\\"y": bad'],
    [invalid('a', -1, 'bad'), 'a: Invalid value: -1: bad'],
    [invalid('a', 1.5, 'bad'), 'a: Invalid value: 1.5: bad'],
    [invalid('a', null, 'bad'), 'a: Invalid value: null: bad'],
    [invalid('a', { Type: '<b>', N: null }, 'bad'), 'a: Invalid value: {"Type":"\\u003cb\\u003e","N":null}: bad'],
    [invalid('a', ['x'], 'bad'), 'a: Invalid value: ["x"]: bad'],
    [typeInvalid('a', 'string', 'bad'), 'a: Invalid value: "string": bad'],
    [notSupported('a', 'x', ['A', 'B']), 'a: Unsupported value: "x": supported values: "A", "B"'],
    [notSupported('a', 'x', []), 'a: Unsupported value: "x"'],
    [duplicate('a', 42), 'a: Duplicate value: 42'],
    [duplicate('a', 'x', 'must be unique'), 'a: Duplicate value: "x": must be unique'],
    [notFound('a', 'x'), 'a: Not found: "x"'],
    [tooLong('a', 8), 'a: Too long: may not be more than 8 bytes'],
    [tooLong('a', 1), 'a: Too long: may not be more than 1 byte'],
    [tooMany('a', 3, 2), 'a: Too many: 3: must have at most 2 items'],
    [tooShort('a', 1), 'a: Too short: must be at least 1 character'],
    [internal('a', 'oh'), 'a: Internal error: oh'],
  ];
  for (const [error, text] of rows) it(text, () => assert.equal(message(error), text));

  it('keeps the path that it came with', () => {
    assert.equal(required(path).path, path);
    assert.equal(required('spec').path, undefined);
  });

  it('becomes one Invalid answer, each text once', () => {
    const errors = [required('spec.a'), invalid('spec.b', 1, 'bad'), required('spec.a')];
    assert.deepEqual(invalidStatus({ group: 'apps', kind: 'Deployment' }, 'web', errors), {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Deployment.apps "web" is invalid: [spec.a: Required value, spec.b: Invalid value: 1: bad]',
      reason: 'Invalid',
      details: {
        name: 'web',
        group: 'apps',
        kind: 'Deployment',
        causes: [
          { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.a' },
          { reason: 'FieldValueInvalid', message: 'Invalid value: 1: bad', field: 'spec.b' },
          { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.a' },
        ],
      },
      code: 422,
    });
    const one = invalidStatus({ group: '', kind: 'Pod' }, '', [
      required('metadata.name', 'name or generateName is required'),
    ]);
    assert.equal(one.message, 'Pod "" is invalid: metadata.name: Required value: name or generateName is required');
    assert.equal('name' in (one.details ?? {}), false);
    assert.equal(invalidStatus({ group: '', kind: 'Pod' }, 'a', []).message, 'Pod "a" is invalid');
  });
});
