// The diagram as text: what Mermaid would misread is escaped, and every message finds its way back to the trace.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Line } from '../../src/diagram/line.ts';
import { mermaidOf, tellStory, type Story, type StoryDepth } from '../../src/diagram/index.ts';
import { applyText } from '../support/apply.ts';

const line = (more: Partial<Line>): Line => ({
  ...{ seq: 0, time: 0, from: 'kubectl', to: 'kube-apiserver', phase: 'apply', depth: 1, form: 'arrow', text: 'x' },
  ...{ result: 'ok', key: '', merge: 'first', count: 1 },
  ...more,
});
const story = (...lines: Line[]): Story => ({ depth: 'story', chapters: [{ title: 'Apply', lines }], unreached: [] });
const bodies = (text: string) => text.split('\n').filter((row) => /^ {4}(?!Note over .*: Apply$)/.test(row));

describe('a story as a Mermaid diagram', () => {
  const rows: [string, Partial<Line>, string][] = [
    ['an arrow', {}, '    kubectl->>kube_apiserver: x'],
    ['an answer', { form: 'answer' }, '    kubectl-->>kube_apiserver: x'],
    ['a failure', { result: 'failed' }, '    kubectl--xkube_apiserver: ✗ x'],
    ['a note', { form: 'note', to: 'kubectl' }, '    Note over kubectl: x'],
    [
      'a note about what is not known',
      { form: 'note', to: 'kubectl', result: 'unknown' },
      '    Note over kubectl: ? x',
    ],
    ['several at once', { count: 3 }, '    kubectl->>kube_apiserver: x (×3)'],
    ['entities', { text: 'a #1; b' }, '    kubectl->>kube_apiserver: a #35;1#59; b'],
    ['an entity that is text', { text: '#35;' }, '    kubectl->>kube_apiserver: #35;35#59;'],
    ['HTML', { text: '<none>' }, '    kubectl->>kube_apiserver: #lt;none#gt;'],
    ['formulas and comments', { text: '$$x$$ %%y' }, '    kubectl->>kube_apiserver: #36;#36;x#36;#36; #37;#37;y'],
    ['line breaks', { text: 'a\n  b' }, '    kubectl->>kube_apiserver: a b'],
  ];
  for (const [what, more, row] of rows) {
    it(`writes ${what}`, () => assert.deepEqual(bodies(mermaidOf(story(line(more))).text), [row]));
  }

  it('shortens a long text', () => {
    const [row = ''] = bodies(mermaidOf(story(line({ text: 'y'.repeat(500) }))).text);
    assert.ok(row.length < 80 && row.endsWith('…'), row);
  });

  it('has room for more on an arrow over several lanes', () => {
    const far = line({ from: 'kubelet/a', to: 'kubectl', text: 'y'.repeat(500) });
    const rows = bodies(mermaidOf(story(line({}), line({ from: 'etcd', to: 'etcd' }), far)).text);
    assert.ok(rows[2]!.length > 100 && rows[2]!.length < 150, rows[2]);
  });

  it('breaks a note between words', () => {
    const [row = ''] = bodies(
      mermaidOf(story(line({ form: 'note', to: 'kubectl', text: 'word '.repeat(20).trim() }))).text,
    );
    assert.equal(row, `    Note over kubectl: ${[8, 8, 4].map((words) => 'word '.repeat(words).trim()).join('<br/>')}`);
  });

  it('declares the participants in the order of the flow, with ids that Mermaid cannot misread', () => {
    const { text } = mermaidOf(story(line({ from: 'kubelet/ip-10-x.internal', to: 'etcd' }), line({})));
    assert.deepEqual(text.split('\n').slice(2, 6), [
      '  participant kubectl as kubectl',
      '  participant kube_apiserver as kube-apiserver',
      '  participant etcd as etcd',
      '  participant kubelet_ip_10_x_internal as kubelet ip-10-x.internal',
    ]);
  });

  it('tells participants apart whose ids would be the same', () => {
    const { text } = mermaidOf(story(line({ from: 'kubelet/a.b', to: 'kubelet/a-b' })));
    assert.match(text, /kubelet_a_b_2->>kubelet_a_b: x|kubelet_a_b->>kubelet_a_b_2: x/);
  });

  it('marks what was never reached', () => {
    const { text, index } = mermaidOf({ ...story(line({})), unreached: ['run'] });
    assert.match(text, /Note over kubectl,kube_apiserver: ✗ never reached: Run/);
    assert.equal(index.at(-1), -1);
  });

  it('writes an empty story', () => {
    assert.equal(mermaidOf({ depth: 'story', chapters: [], unreached: [] }).text, 'sequenceDiagram\n  autonumber\n');
  });

  const messages = (text: string) => text.split('\n').filter((row) => /^\s+(Note over|\S+(->>|-->>|--x))/.test(row));

  it('has an index entry for each message and note, whatever stands in a name', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (name, other, text) => {
        const told = story(line({ from: `pod/${name}`, to: `pod/${other}`, text }), line({ form: 'note', text }));
        const diagram = mermaidOf(told);
        assert.equal(messages(diagram.text).length, diagram.index.length);
      }),
      { numRuns: 200 },
    );
  });

  const { trace } = applyText(
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a}]}\n',
    { reach: true },
  );
  for (const depth of ['story', 'flow', 'wire'] as StoryDepth[]) {
    it(`leads back from every message to an entry that is there (${depth})`, () => {
      const { text, index } = mermaidOf(tellStory(trace, depth));
      assert.equal(messages(text).length, index.length);
      assert.ok(index.every((seq) => trace[seq]?.seq === seq));
    });
  }
});
