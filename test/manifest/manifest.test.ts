// A file as a whole: what kind of document each is, and what is kept when the text changes.
import assert from 'node:assert/strict';
import { decodeText, looksLikeKubernetes, parseManifest, updateManifest } from '../../src/manifest/index.ts';
import { parseTolerant } from '../../src/manifest/tolerant.ts';

const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n';

describe('parseManifest', () => {
  it('tells Kubernetes objects from the rest', () => {
    const rows: [text: string, isKubernetes: boolean][] = [
      [pod, true],
      ['{"apiVersion":"v1","kind":"Pod"}', true],
      ['apiVersion: v1\n', false],
      ['apiVersion: 1\nkind: Pod\n', false],
      ['apiVersion: v1\nkind: ""\n', false],
      ['- apiVersion: v1\n  kind: Pod\n', false],
      ['# apiVersion: v1\n# kind: Pod\n', false],
      ['apiVersion: v1\nkind: Pod\nmetadata: [\n', true],
      ['name: CI\non: [push\n', false],
      ['', false],
    ];
    for (const [text, expected] of rows) {
      assert.equal(parseManifest(text).documents[0]?.isKubernetes ?? false, expected, text);
    }
  });

  it('recognises templates of Helm, and only those', () => {
    const rows: [text: string, isTemplate: boolean][] = [
      [`${pod}  labels: {{ .Values.labels }}\n`, true],
      [`{{- if .Values.on }}\n${pod}{{- end }}\n`, true],
      [`${pod}  labels:\n    {{- include "x" . | nindent 4 }}\n`, true],
      [`${pod}  namespace: "{{ .Release.Namespace }}"\n`, true],
      [`${pod}  namespace: '{{ include "x" . }}'\n`, true],
      [`${pod}  annotations: {text: "{{ $labels.job }} is down"}\n`, false],
      [`apiVersion: v1\nkind: ConfigMap\ndata:\n  t: |\n    {{ template "slack" . }}\n`, false],
      [`${pod}  name: "{{workflow.name}}"\n`, false],
      [`${pod}  name: [{{ x\n`, false],
      [pod, false],
    ];
    for (const [text, expected] of rows) assert.equal(parseManifest(text).documents[0]?.isTemplate, expected, text);
  });

  it('has a tree of a broken document only from the tolerant parser', () => {
    const text = `${pod}  labels: {a: b\nspec:\n  nodeName: n\n`;
    assert.equal(parseManifest(text).documents[0]?.root, undefined);
    const { root, errors, object } = parseManifest(text, { tolerant: parseTolerant }).documents[0]!;
    assert.equal(errors.length, 1);
    assert.equal(object, undefined);
    assert.ok(root?.kind === 'mapping');
  });

  it('refuses the document whose bytes are wrong', () => {
    const { text, problem } = decodeText(
      Uint8Array.from([...'a: 1\n---\nb: '].map((c) => c.charCodeAt(0)).concat(0xff)),
    );
    const { documents } = parseManifest(text, problem ? { problem } : {});
    assert.deepEqual(
      documents.map(({ errors }) => errors.map(({ message, start }) => [message, start])),
      [[], [['error converting YAML to JSON: yaml: invalid leading UTF-8 octet', 3]]],
    );
  });

  it('cuts a large file without reading it', () => {
    const manifest = parseManifest(`${pod}---\n`.repeat(200_000));
    assert.equal(manifest.documents.length, 200_000);
    assert.equal(manifest.lineIndex.positionAt(manifest.documents[199_999]!.start).line, 199_999 * 5);
  });
});

describe('updateManifest', () => {
  it('keeps the documents whose text has not changed', () => {
    const before = parseManifest(`${pod}---\nb: 1\n---\nc: 1\n`);
    const objects = before.documents.map(({ object }) => object);
    const after = updateManifest(before, `${pod}---\nb: 22\n---\nc: 1\n`);
    assert.deepEqual(
      after.documents.map(({ object }, i) => object === objects[i]),
      [true, false, true],
    );
    assert.deepEqual(after.documents[1]?.object, { b: 22 });
    assert.equal(after.documents[2]?.start, before.documents[2]!.start + 1);
  });

  it('is the same manifest for the same text', () => {
    const before = parseManifest(pod);
    assert.equal(updateManifest(before, pod), before);
  });

  it('does not take over what hangs on the text before', () => {
    const before = parseManifest('{"a": [\n');
    assert.equal(before.documents[0]?.errors[0]?.message, 'unexpected EOF');
    const after = updateManifest(before, 'b: 1\n---\n{"a": [\n');
    assert.match(after.documents[1]!.errors[0]!.message, /yaml: line 1: did not find expected node content/);
  });
});

describe('looksLikeKubernetes', () => {
  it('wants both names as keys', () => {
    assert.equal(looksLikeKubernetes(pod), true);
    assert.equal(looksLikeKubernetes('{"kind" : "Pod", "apiVersion" : "v1"}'), true);
    assert.equal(looksLikeKubernetes('kind: x\n'), false);
    assert.equal(looksLikeKubernetes('an apiVersion and a kind'), false);
  });
});

describe('decodeText', () => {
  const bytes = (...parts: (number | string)[]) =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? part : [...part].map((c) => c.charCodeAt(0)))));
  const yaml = (problem: string) => `error converting YAML to JSON: yaml: ${problem}`;
  const rows: [name: string, given: Uint8Array, text: string, problem?: string][] = [
    ['ASCII', bytes('a: 1\n'), 'a: 1\n'],
    ['two, three and four bytes', bytes(0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80), 'é€😀'],
    ['a byte order mark', bytes(0xef, 0xbb, 0xbf, 'a'), 'a'],
    ['UTF-16, big-endian', bytes(0xfe, 0xff, 0, 'a', 0, '\n'), 'a\n'],
    ['UTF-16 without an end', bytes(0xfe, 0xff, 0, 'a'), 'a', 'incomplete UTF-16 character'],
    ['UTF-16, little-endian', bytes(0xff, 0xfe, 'a', 0, '\n', 0), 'a\n', 'incomplete UTF-16 character'],
    ['a stray byte', bytes('a', 0x80, 'b'), 'a\ufffdb', 'invalid leading UTF-8 octet'],
    ['a wrong second byte', bytes(0xc3, 'a'), '\ufffda', 'invalid trailing UTF-8 octet'],
    ['a cut sequence', bytes('a', 0xe2, 0x82), 'a\ufffd\ufffd', 'incomplete UTF-8 octet sequence'],
    ['an overlong sequence', bytes(0xc0, 0x80), '\ufffd\ufffd', 'invalid length of a UTF-8 sequence'],
    ['half of a pair', bytes(0xed, 0xa0, 0x80), '\ufffd\ufffd\ufffd', 'invalid Unicode character'],
  ];
  for (const [name, given, text, problem] of rows) {
    it(name, () => {
      const decoded = decodeText(given);
      assert.equal(decoded.text, text);
      assert.equal(decoded.problem?.message, problem && yaml(problem));
    });
  }
  it('takes megabytes', () => {
    assert.equal(decodeText(new Uint8Array(3_000_000).fill(0x61)).text.length, 3_000_000);
  });
});
