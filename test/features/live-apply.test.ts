// What is told while somebody types is in the end what a fresh run tells.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { applyFiles, parseSource, type LocatedFinding, type ParsedFile } from '../../src/features/index.ts';
import { LiveApply, parseTolerant, updateSource, type Told } from '../../src/features/editor.ts';
import { clusterFrom } from '../support/apply.ts';

const cluster = clusterFrom('tutorial', true);
const parse = (text: string) => parseSource({ name: 'app.yaml', text }, parseTolerant);

/** All that is told of a version, the last being the whole. */
function tell(live: LiveApply, file: ParsedFile): (Told | undefined)[] {
  const told: (Told | undefined)[] = [];
  const work = live.tell({ files: [file], cluster, preset: true }, () => true);
  for (;;) {
    const { value, done } = work.next();
    if (value ?? done) told.push(value as Told | undefined);
    if (done) return told;
  }
}

const shown = (findings: readonly LocatedFinding[]) =>
  findings.map(({ id, line, column, endLine, endColumn, message }) => ({
    id,
    line,
    column,
    endLine,
    endColumn,
    message,
  }));
const fresh = (file: ParsedFile) => shown(applyFiles({ files: [file], cluster, preset: true }).findings);

const pod = (name: string, spec = '') => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  containers:
  - name: app
    image: nginx${spec}
`;
const large = '\n    resources: {requests: {cpu: 900m}}';
const many = (count: number) => Array.from({ length: count }, (_, i) => pod(`pod-${i}`)).join('---\n');
const sample = readFileSync('media/samples/deployment-service.yaml', 'utf8');

describe('a live apply', () => {
  it('runs nothing again for a comment, and says where things are now', () => {
    const live = new LiveApply();
    const [first] = tell(live, parse(sample.replace('image:', 'imagee:')));
    const [second, ...more] = tell(
      live,
      parse(`# a comment\n${sample.replace('image:', '# and another\n        imagee:')}`),
    );
    assert.equal(second?.applied, first?.applied);
    assert.deepEqual(more, []);
    const lines = [first, second].map((told) => told?.findings.find(({ id }) => id === 'unknown-field')?.line);
    assert.equal(lines[1], (lines[0] ?? 0) + 2);
  });

  it('tells of a small change in a large file at once, and of the whole in the end', () => {
    const live = new LiveApply();
    tell(live, parse(many(40)));
    const [quick, whole] = tell(live, parse(many(40).replace('image:', 'imagee:')));
    assert.equal(quick?.isWhole, false);
    assert.deepEqual(shown(quick.findings), shown(whole?.findings ?? []));
    assert.equal(whole?.isWhole, true);
  });

  it('knows at once that the nodes are taken by the others', () => {
    const text = [...Array.from({ length: 12 }, (_, i) => pod(`large-${i}`, large)), many(30)].join('---\n');
    const live = new LiveApply();
    const [before] = tell(live, parse(text));
    const pending = before?.findings.filter(({ id }) => id === 'unschedulable') ?? [];
    assert.ok(pending.length > 0);
    const name = pending[0]!.subject.name;
    const [quick, whole] = tell(live, parse(text.replace(`name: ${name}\n`, `name: ${name}\n  labels: {a: b}\n`)));
    assert.equal(quick?.isWhole, false);
    assert.deepEqual(shown(quick.findings), shown(whole?.findings ?? []));
  });

  it('forgets what is not written any more', () => {
    const live = new LiveApply();
    tell(live, parse([many(40), pod('last').replace('image:', 'imagee:')].join('---\n')));
    const [quick] = tell(live, parse(many(40)));
    assert.deepEqual(quick?.findings, []);
  });

  it('knows that kubectl comes further once what it could not read is gone', () => {
    const live = new LiveApply();
    const last = pod('last').replace('image:', 'imagee:');
    tell(live, parse([pod('first'), 'apiVersion: v1\nkind: [\n', last].join('---\n')));
    const file = parse([pod('first'), last].join('---\n'));
    assert.deepEqual(shown(tell(live, file).at(-1)?.findings ?? []), fresh(file));
  });

  it('knows that what is written first is applied first', () => {
    const live = new LiveApply();
    const [namespace, inside] = [
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: own\n',
      pod('one').replace('  name: one', '  name: one\n  namespace: own'),
    ];
    const before = parse([namespace, inside].join('---\n'));
    tell(live, before);
    const file = updateSource(before, [inside, namespace].join('---\n'));
    assert.deepEqual(shown(tell(live, file).at(-1)?.findings ?? []), fresh(file));
  });

  it('is told nothing of a file that has become something else', () => {
    const live = new LiveApply();
    tell(live, parse(sample));
    assert.deepEqual(tell(live, parse('a: 1\n')), [undefined]);
    assert.equal(tell(live, parse(sample)).at(-1)?.isWhole, true);
  });

  it('says in the end what a fresh run says, whatever is typed', () => {
    const snippets = [
      '',
      ' ',
      '\n',
      '#',
      '---\n',
      ': ',
      '- ',
      '{',
      '"',
      '\t',
      'imagee: x',
      'replicas: 2',
      '# applyscope-ignore unknown-field: x\n',
      '{{',
      '&a',
      '\u{1F600}',
      pod('new'),
    ];
    const edit = fc.record({ at: fc.nat(), remove: fc.nat(12), insert: fc.constantFrom(...snippets) });
    fc.assert(
      fc.property(
        fc.array(edit, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(sample, many(3), many(14)),
        (edits, start) => {
          const live = new LiveApply();
          let file = parse(start);
          tell(live, file);
          for (const { at, remove, insert } of edits) {
            const { text } = file.manifest;
            const from = at % (text.length + 1);
            file = updateSource(file, text.slice(0, from) + insert + text.slice(from + remove));
            const told = tell(live, file).at(-1);
            const expected = file.manifest.documents.some((one) => one.isKubernetes || one.isTemplate)
              ? fresh(parse(file.manifest.text))
              : undefined;
            assert.deepEqual(told && shown(told.findings), expected);
          }
        },
      ),
      { numRuns: 20 },
    );
  }).timeout(60_000);
});
