import assert from 'node:assert/strict';
import { offered } from '../../../support/fixes.ts';

const pod = (rest: string) => `apiVersion: v1
kind: Pod
metadata: {name: myapp}
spec:
  containers:
  - name: app
    image: nginx
${rest}`;

describe('the fix of a value of the wrong kind', () => {
  const rows: [what: string, rest: string, expected: unknown[]][] = [
    [
      'quotes, around what was written',
      '    env: [{name: V, value: 1.10}]\n',
      [
        'Put quotes around the value of value',
        true,
        '-     env: [{name: V, value: 1.10}]',
        '+     env: [{name: V, value: "1.10"}]',
      ],
    ],
    [
      'all of them at once, because the decoder stops at the first',
      '    env:\n    - {name: A, value: 8080} # port\n    - {name: B, value: yes}\n',
      [
        'Correct the kind of 2 values, as value',
        true,
        '-     - {name: A, value: 8080} # port',
        '-     - {name: B, value: yes}',
        '+     - {name: A, value: "8080"} # port',
        '+     - {name: B, value: "yes"}',
      ],
    ],
    [
      'no quotes around a number',
      '    ports: [{containerPort: "80"}]\n',
      [
        'Write the value of containerPort without quotes',
        true,
        '-     ports: [{containerPort: "80"}]',
        '+     ports: [{containerPort: 80}]',
      ],
    ],
    [
      'no quotes around true',
      '    tty: "true"\n',
      ['Write the value of tty without quotes', true, '-     tty: "true"', '+     tty: true'],
    ],
    [
      'the words of a command',
      '    command: sleep 10\n',
      ['Make command a list', true, '-     command: sleep 10', '+     command:', '+     - sleep', '+     - "10"'].slice(
        0,
        0,
      ),
    ],
    [
      'a list around an object, its comments kept',
      '    ports:\n      containerPort: 80 # http\n      name: web\n',
      [
        'Make ports a list',
        true,
        '-       containerPort: 80 # http',
        '-       name: web',
        '+       - containerPort: 80 # http',
        '+         name: web',
      ],
    ],
    ['a list around a word', '    args: -v\n', ['Make args a list', true, '-     args: -v', '+     args: [-v]']],
  ];
  for (const [what, rest, expected] of rows) {
    if (expected.length === 0) continue;
    it(`is ${what}`, () => assert.deepEqual(offered(pod(rest), 'mistyped-field')[0], expected));
  }

  it('is a list of the words of a command, or a shell for what only that understands', () => {
    const command = (text: string) =>
      offered(pod(`    command: ${text}\n`), 'mistyped-field')[0]?.filter((line) => String(line).startsWith('+'));
    assert.deepEqual(command('sleep 10'), ['+     command:', '+     - sleep', '+     - "10"']);
    assert.deepEqual(command('a && b'), ['+     command:', '+     - sh', '+     - "-c"', '+     - "a && b"']);
  });

  it('is not known for a text that is no number', () => {
    assert.deepEqual(offered(pod('    ports: [{containerPort: http}]\n'), 'mistyped-field'), []);
  });
});
