// What somebody has looked at is not told again, and only that.
import assert from 'node:assert/strict';
import { applyText } from '../support/apply.ts';

const pod = (lines: { head?: string; image?: string; above?: string }) => `${lines.head ?? ''}apiVersion: v1
kind: Pod
metadata:
  name: myapp
spec:
  containers:
  - name: app
${lines.above ?? ''}    imagee: nginx${lines.image ?? ''}
`;

const told = (text: string) => applyText(text).findings.map(({ id, line, message }) => `${line} ${id}: ${message}`);

describe('applyscope-ignore', () => {
  const silencing: Record<string, string> = {
    'at the end of the line': pod({ image: ' # applyscope-ignore unknown-field: renamed by a webhook' }),
    'above the line': pod({ above: '    # applyscope-ignore unknown-field: renamed by a webhook\n' }),
    'above the line, with other comments between': pod({
      above: '    # applyscope-ignore unknown-field: renamed by a webhook\n\n    # see the webhook\n',
    }),
    'above the document': pod({ head: '# ours\n# applyscope-ignore unknown-field: renamed by a webhook\n' }),
    'above the second document': `${pod({}).replace('imagee', 'image').replace('myapp', 'first')}---\n${pod({ head: '# applyscope-ignore unknown-field: so it is\n' })}`,
  };
  for (const [where, text] of Object.entries(silencing)) {
    it(`silences a finding ${where}`, () => {
      assert.deepEqual(told(text), []);
      assert.deepEqual(
        applyText(text).ignored.map(({ id }) => id),
        ['unknown-field'],
      );
    });
  }

  it('wants a reason', () => {
    assert.deepEqual(told(pod({ image: ' # applyscope-ignore unknown-field' })), [
      '8 ignore: ignored without a reason',
    ]);
  });

  it('is told of where there is nothing to ignore', () => {
    const [finding, hint, ...others] = told(pod({ image: ' # applyscope-ignore unschedulable: no' }));
    assert.match(finding ?? '', /^8 unknown-field/);
    assert.equal(hint, '8 ignore: nothing to ignore: there is no finding unschedulable here');
    assert.deepEqual(others, []);
  });

  it('is no comment in a text, in quotes or in a word', () => {
    for (const value of [
      '"a # applyscope-ignore unknown-field: x"',
      'a#applyscope-ignore unknown-field',
      '|\n      # applyscope-ignore unknown-field: x',
    ]) {
      const text = pod({ above: `    workingDir: ${value}\n` });
      assert.deepEqual(
        applyText(text).findings.map(({ id }) => id),
        ['unknown-field'],
        text,
      );
    }
  });
});
