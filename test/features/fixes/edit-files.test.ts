// Changes that follow one another come out as edits of the first text.
import assert from 'node:assert/strict';
import { add, rename, set, type WrittenEdit } from '../../../src/features/fixes/change.ts';
import { editFiles } from '../../../src/features/fixes/edit-files.ts';
import { parseSource, type Declared } from '../../../src/features/sources.ts';

const text = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  nodeName: b
  containers: *none
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Pod, metadata: {name: b}}
`;

function edited(change: (first: Declared, second: Declared) => WrittenEdit[]) {
  const file = parseSource({ name: 'a.yaml', text: text.replace('*none', '[]') });
  const [first, second] = file.declared;
  return editFiles([file], change(first!, second!));
}

function check(change: (first: Declared, second: Declared) => WrittenEdit[], count: number, expected: RegExp): void {
  const result = edited(change);
  const edits = result?.edits[0]?.edits ?? [];
  assert.equal(edits.length, count);
  const before = text.replace('*none', '[]');
  const after = edits.reduceRight(
    (done, { start, end, newText }) => done.slice(0, start) + newText + done.slice(end),
    before,
  );
  assert.equal(after, result?.files[0]?.manifest.text);
  assert.match(after, expected);
}

describe('editFiles', () => {
  it('keeps apart what is apart, in the order of the text', () => {
    const change = (first: Declared, second: Declared) => [
      set(second, 'metadata.namespace', 'x'),
      rename(first, 'spec.nodeName', 'hostname'),
      set(first, 'metadata.name', 'longer'),
    ];
    check(change, 3, /name: longer\}\nspec:\n {2}hostname: b[^]*namespace: x/);
  });

  it('makes one of what touches', () => {
    const item = { name: 'x' };
    const change = (first: Declared) => [add(first, 'spec.volumes', item), add(first, 'spec.volumes', { name: 'z' })];
    check(change, 1, /volumes:\n {2}- name: x\n {2}- name: z\n---/);
  });

  it('does nothing by halves', () => {
    assert.equal(
      edited((first) => [set(first, 'spec.nodeName', 'c'), add(first, 'kind', 'x')]),
      undefined,
    );
  });
});
