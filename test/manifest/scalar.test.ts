// The types of scalars, row by row as kubectl 1.36.3 resolves them.
import assert from 'node:assert/strict';
import { resolvePlain, resolveTagged } from '../../src/manifest/scalar.ts';

describe('resolvePlain', () => {
  const rows: [text: string, type: string, value: unknown][] = [
    ['', 'null', null],
    ['~', 'null', null],
    ['Null', 'null', null],
    ['nULL', 'string', 'nULL'],
    ['yes', 'bool', true],
    ['y', 'bool', true],
    ['On', 'bool', true],
    ['oN', 'string', 'oN'],
    ['off', 'bool', false],
    ['N', 'bool', false],
    ['true', 'bool', true],
    ['truE', 'string', 'truE'],
    ['0', 'int', 0],
    ['-0', 'int', 0],
    ['+1', 'int', 1],
    ['1_000', 'int', 1000],
    ['_1', 'string', '_1'],
    ['017', 'int', 15],
    ['0_7', 'int', 7],
    ['08', 'float', 8],
    ['0o17', 'int', 15],
    ['0o8', 'string', '0o8'],
    ['0x1F', 'int', 31],
    ['-0x1f', 'int', -31],
    ['0xg', 'string', '0xg'],
    ['0b101', 'int', 5],
    ['0b-11', 'int', -3],
    ['0b2', 'string', '0b2'],
    ['-', 'string', '-'],
    ['1e3', 'float', 1000],
    ['1.', 'float', 1],
    ['.5', 'float', 0.5],
    ['+.5', 'float', 0.5],
    ['._5', 'string', '._5'],
    ['.', 'string', '.'],
    ['-0.0', 'float', 0],
    ['1e400', 'string', '1e400'],
    ['.5e400', 'string', '.5e400'],
    ['.inf', 'float', Infinity],
    ['-.Inf', 'float', -Infinity],
    ['.NaN', 'float', NaN],
    ['12:30:45', 'string', '12:30:45'],
    ['2001-12-14', 'string', '2001-12-14'],
    ['1.2.3', 'string', '1.2.3'],
    ['9007199254740991', 'int', 9007199254740991],
    ['9007199254740993', 'int', 9007199254740993n],
    ['-9223372036854775808', 'int', -9223372036854775808n],
    ['9223372036854775808', 'uint', 9223372036854775808n],
    ['18446744073709551616', 'float', 18446744073709552000],
    ['+9223372036854775808', 'float', 9223372036854775808],
    ['0xffffffffffffffffff', 'string', '0xffffffffffffffffff'],
    ['=', 'string', '='],
    ['<<', 'string', '<<'],
  ];
  for (const [text, type, value] of rows) {
    it(`takes ${JSON.stringify(text)} for ${type} ${String(value)}`, () => {
      assert.deepEqual(resolvePlain(text), { type, value });
    });
  }
});

describe('resolveTagged', () => {
  const core = (name: string) => `tag:yaml.org,2002:${name}`;
  const rows: [tag: string, text: string, expected: unknown][] = [
    [core('str'), '3', '3'],
    [core('int'), '0x10', 16],
    [core('int'), 'x', { problem: 'cannot decode !!str `x` as a !!int' }],
    [core('int'), '1.5', { problem: 'cannot decode !!float `1.5` as a !!int' }],
    [core('float'), '3', 3],
    [core('bool'), 'maybe', { problem: 'cannot decode !!str `maybe` as a !!bool' }],
    [core('null'), '', null],
    [core('null'), 'x', { problem: 'cannot decode !!str `x` as a !!null' }],
    [core('timestamp'), '2001-12-14', '2001-12-14'],
    [core('timestamp'), 'foo', { problem: 'cannot decode !!str `foo` as a !!timestamp' }],
    [core('binary'), 'aGk=', 'hi'],
    [core('binary'), '/w==', '\ufffd'],
    [core('binary'), 'a', { problem: '!!binary value contains invalid base64 data' }],
    ['!', 'yes', 'yes'],
    ['!local', '1', '1'],
  ];
  for (const [tag, text, expected] of rows) {
    it(`reads ${tag} ${text}`, () => {
      const resolved = resolveTagged(tag, text);
      assert.deepEqual('problem' in resolved ? resolved : resolved.value, expected);
    });
  }
});
