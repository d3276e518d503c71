// Any bytes: whatever stands in a file, a check ends soon, with findings or without, and never with one of our own errors.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { checkFile, decodeText, loadCluster, parseSource, Surroundings } from '../../src/features/index.ts';

const cluster = loadCluster({
  name: 'tutorial',
  sources: [{ name: 'tutorial', text: readFileSync('media/clusters/tutorial.yaml', 'utf8') }],
  assumed: true,
});
if ('problem' in cluster) throw new Error(cluster.problem);

const samples = readdirSync('media/samples')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(`media/samples/${name}`, 'utf8'));
/** Milliseconds of the processor a file of this size may take on a slow machine; how busy it is with others does not count. */
const patience = 3_000;

function check(text: string): void {
  const begin = process.cpuUsage();
  const file = parseSource({ name: 'fuzz.yaml', text });
  const findings = checkFile(file, new Surroundings(), { cluster: cluster as never, preset: true });
  for (const { start, end, line, column } of findings) {
    assert.ok(0 <= start && start <= end && end <= text.length, `range ${start}-${end} of ${text.length}`);
    assert.ok(line >= 1 && column >= 1);
  }
  const { user, system } = process.cpuUsage(begin);
  assert.ok((user + system) / 1000 < patience, 'took too long');
}

/** Pieces that matter to YAML, to Kubernetes, and to careless code. */
const pieces = fc.oneof(
  fc.constantFrom(
    ...[
      '\t',
      '\r\n',
      '---\n',
      '...\n',
      '- ',
      ': ',
      '? ',
      '|',
      '>',
      '&a ',
      '*a',
      '!!binary ',
      '<<: ',
      '{{ .Values.x }}',
      '"',
      "'",
      '#',
    ],
  ),
  fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      'null',
      '~',
      '0o17',
      '1e999',
      '-9223372036854775809',
      '.nan',
      '\u0000',
      '\ufeff',
      '\u2028',
      '\ud800',
    ],
  ),
  fc.constantFrom(
    ...[
      '__proto__: 1\n',
      'constructor: {}\n',
      'kind: List\n',
      'items: [{}]\n',
      'apiVersion: v2\n',
      'kind: Nonsense\n',
      'metadata: null\n',
    ],
  ),
  fc.string({ maxLength: 12 }),
);

/** A sample with some pieces written over or into it, or cut out of it. */
const mutated = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20), pieces), { minLength: 1, maxLength: 6 }),
  )
  .map(([sample, edits]) =>
    edits.reduce((text, [place, length, piece]) => {
      const at = Math.floor(place * text.length);
      return text.slice(0, at) + piece + text.slice(at + length);
    }, sample),
  );

/** A valid document whose fields have values of any kind. */
const wild = fc
  .record({
    metadata: fc.jsonValue(),
    spec: fc.jsonValue(),
    status: fc.jsonValue(),
    kind: fc.constantFrom('Pod', 'Deployment', 'Service', 'Node', 'List', 'Event', 'Secret'),
  })
  .map(({ kind, ...rest }) => JSON.stringify({ apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind, ...rest }));

describe('any bytes', () => {
  const options = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 250) };

  it('survives mutated manifests', () => fc.assert(fc.property(mutated, check), options)).timeout(120_000);
  it('survives fields of any kind', () => fc.assert(fc.property(wild, check), options)).timeout(120_000);
  it('survives bytes that are no text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => check(decodeText(bytes).text)),
      options,
    );
  }).timeout(120_000);
});

describe('hostile files', () => {
  const pod = samples[0] ?? '';
  const cases: Record<string, string> = {
    'aliases that explode': `apiVersion: v1\nkind: Pod\na: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, i) => `${'bcdefghijklmn'[i]}: &${'bcdefghijklmn'[i]} [${Array(9).fill(`*${'abcdefghijklmn'[i]}`).join(',')}]`).join('\n')}\n`,
    'an alias of itself': 'apiVersion: v1\nkind: Pod\nmetadata: &a {labels: *a}\n',
    'a deep nest': `apiVersion: v1\nkind: Pod\nspec: ${'['.repeat(100_000)}`,
    'a deep nest of blocks': `apiVersion: v1\nkind: Pod\n${Array.from({ length: 3_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}\n`,
    'a very long line': `${pod}# ${'x'.repeat(2_000_000)}\n`,
    'many documents': `${pod}---\n`.repeat(300),
    'carriage returns': pod.replaceAll('\n', '\r\n'),
    'a byte order mark': `\ufeff${pod}`,
    'names of prototypes':
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {__proto__: x, constructor: y, toString: z}}\nspec: {containers: []}\n',
    'a kind nobody knows': 'apiVersion: example.com/v1\nkind: Database\nmetadata: {name: a}\n',
    'replicas beyond reason':
      samples.find((text) => text.includes('replicas: 3'))?.replace('replicas: 3', 'replicas: 2147483647') ?? '',
  };
  for (const [name, text] of Object.entries(cases)) {
    it(`survives ${name}`, function () {
      this.timeout(60_000);
      const file = parseSource({ name: 'hostile.yaml', text });
      checkFile(file, new Surroundings(), { cluster: cluster, preset: true });
    });
  }

  it('is silent about what is not Kubernetes', () => {
    const file = parseSource({ name: 'other.yaml', text: 'version: 3\nservices: {web: {image: nginx}}\n' });
    assert.deepEqual(checkFile(file, new Surroundings(), { cluster: cluster, preset: true }), []);
  });

  it('has one hint for a Helm template', () => {
    const file = parseSource({
      name: 't.yaml',
      text: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n',
    });
    const findings = checkFile(file, new Surroundings(), { cluster: cluster, preset: true });
    assert.deepEqual(
      findings.map(({ id, severity, line }) => [id, severity, line]),
      [['template', 'info', 4]],
    );
  });
});
