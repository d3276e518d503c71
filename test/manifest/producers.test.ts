// Laws of the two producers of trees: what is printed is read back, by both alike, and no text at all makes either throw.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { parseManifest } from '../../src/manifest/index.ts';
import { parseDocument } from '../../src/manifest/grammar/index.ts';
import { parseTolerant } from '../../src/manifest/tolerant.ts';
import { applyEdit } from '../../src/manifest/edits.ts';
import type { YamlNode } from '../../src/manifest/yaml-node.ts';
import type { JsonValue } from '../../src/base/json.ts';

const word = fc.oneof(
  fc.constantFrom(
    'a',
    'name',
    'x-y',
    'yes',
    '017',
    '',
    ' x',
    'x ',
    '- a',
    'a: b',
    '#',
    'é😀',
    'two\nlines\n',
    'a\n\n b',
    '{',
    '*',
    '"',
    "'",
  ),
  fc.stringMatching(/^[ -~]{0,12}$/),
);
const key = fc
  .stringMatching(/^[a-z][a-zA-Z./-]{0,10}$/)
  .filter((text) => !/^(?:y|n|on|off|no|yes|true|false|null)$/i.test(text));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const style = fc.oneof(
  fc.record({
    indent: fc.integer({ min: 1, max: 4 }),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const),
  }),
  // What is plain inside of brackets is where the two versions of YAML differ.
  fc.record({
    collectionStyle: fc.constant('flow' as const),
    lineWidth: fc.constantFrom(0, 20, 80),
    defaultStringType: fc.constantFrom('QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const),
  }),
);

/** What must be the same whoever made the tree; where an absent value stands may differ. */
function shape(node: YamlNode): unknown {
  const range = node.start === node.end ? [] : [node.start, node.end];
  switch (node.kind) {
    case 'scalar':
      return [...range, node.style, node.text, node.tag, node.anchor];
    case 'alias':
      return [...range, node.name];
    case 'sequence':
      return [...range, node.style, node.items.map(shape)];
    case 'mapping':
      return [...range, node.style, node.entries.map((entry) => [shape(entry.key), shape(entry.value)])];
  }
}

describe('the producers of trees', () => {
  it('read back what is printed', () => {
    fc.assert(
      fc.property(fc.dictionary(key, value, { minKeys: 1, noNullPrototype: true }), style, (printed, options) => {
        // Quoting for both versions of YAML, because kubectl knows some of each.
        const text = stringify(printed, { ...options, version: '1.1', compat: 'core' });
        // The printer begins a folded block that stands too deep for its lines with an empty line, which all readers keep.
        fc.pre(isDeepStrictEqual(parse(text, { version: '1.1' }), printed));
        const [document] = parseManifest(text).documents;
        assert.deepEqual(document?.errors, [], text);
        assert.deepEqual(document?.object, printed, text);
      }),
      { numRuns: 300 },
    );
  });

  it('read back what an edit sets', () => {
    const contexts = [
      'a:\n  x: 1\n',
      'a: # c\n- 1\n',
      'a: {x: 1}\n',
      'a: "b"',
      'a:\n\nb: 1\n',
      'a: |\n  x\n\n',
      '{"a": 1}',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...contexts), value, fc.boolean(), (text, set, inside) => {
        const [document] = parseManifest(text).documents;
        const path = inside ? [{ field: 'b' }, { field: 'new' }, { index: 0 }] : [{ field: 'a' }];
        const [edit] = applyEdit(document!, { type: 'set', path, value: set as JsonValue });
        if (!edit) return;
        const after = text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
        const [read] = parseManifest(after).documents;
        const object = read?.object as Record<string, unknown>;
        assert.deepEqual(inside ? object['b'] : object['a'], inside ? { new: [set] } : set, after);
      }),
      { numRuns: 500 },
    );
  });

  it('make the same tree of the same text', () => {
    fc.assert(
      fc.property(fc.dictionary(key, value, { minKeys: 1, noNullPrototype: true }), style, (printed, options) => {
        const text = stringify(printed, { ...options, version: '1.1' });
        const strict = parseDocument(text).root;
        const tolerant = parseTolerant(text);
        assert.ok(strict && tolerant);
        assert.deepEqual(shape(tolerant), shape(strict), text);
      }),
      { numRuns: 300 },
    );
  });

  it('make the same tree of what is not printed like that', () => {
    const texts = [
      'a: &x !!str 1\nb: *x\nc: {d: *x, e: [f, g: h]}\n',
      '? a\n: - b\n  - c\n# d\n?  e\n',
      '---\n{\n  kind: "Pod",\n  spec: {\n    a: [{\n      b: \'c\',\n    }],\n  },\n}\n',
      'a: x\n  y\n\n  z\nb: >-\n  c\n  d\n\n   e\n',
      'a: !<tag:yaml.org,2002:int> 1\nb: !local\n  c: d\n',
    ];
    for (const text of texts) {
      const { root, error } = parseDocument(text);
      assert.ok(root, error?.message);
      assert.deepEqual(shape(parseTolerant(text)!), shape(root), text);
    }
  });

  it('never throw, whatever the text', () => {
    const piece = fc.constantFrom(
      ...': ,- ,? ,[,],{,},#,&a,*a,!,!!x,|,>,\n,\n  ,\n- ,\t,",\',%,@,a,1,---\n,...\n,\r,<<: ,é,\u2028,\\,{"a":,\0'.split(
        ',',
      ),
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (given) => {
        for (const document of parseManifest(given, { tolerant: parseTolerant }).documents) {
          const refused = document.errors.length > 0 || document.unknowns.some(({ code }) => code === 'too-deep');
          assert.equal(document.object === undefined, refused);
          for (const { start, end } of document.errors)
            assert.ok(0 <= start && start <= end && end <= given.length + 1);
          assert.equal(typeof document.isTemplate, 'boolean');
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('parseTolerant', () => {
  it('gives up on what is too deep or too large', () => {
    const bombs = [
      '['.repeat(1e5),
      '- '.repeat(1e5),
      '{a: '.repeat(1e5),
      '? '.repeat(1e5),
      `${' '.repeat(600)}a: [`,
      'a'.repeat(2e6),
    ];
    for (const text of bombs) assert.equal(parseTolerant(text), undefined);
  });

  it('makes what it can of a broken text', () => {
    const root = parseTolerant('kind: Pod\nspec:\n  a: [1\nb: "c\n');
    assert.ok(root?.kind === 'mapping');
    assert.deepEqual(
      root.entries.map((entry) => entry.key.kind === 'scalar' && entry.key.text),
      ['kind', 'spec', 'b'],
    );
  });
});
