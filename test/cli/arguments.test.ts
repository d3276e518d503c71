import assert from 'node:assert/strict';
import { readArguments } from '../../src/cli/arguments.ts';
import { runIn } from './terminal.ts';

describe('the command line', () => {
  const wrong: [argv: string[], says: RegExp][] = [
    [['chekc', 'a.yaml'], /there is no command "chekc": use one of simulate, check/],
    [['check'], /check needs manifests: applyscope check FILE…/],
    [['check', '-k', 'app', 'pod.yaml'], /only one of -f and -k can be given/],
    [['simulate'], /simulate needs a manifest: applyscope simulate -f FILE/],
    [['check', 'a.yaml', '--strikt'], /Unknown option '--strikt'.*See: applyscope check --help/],
    [['check', 'a.yaml', '-o', 'xml'], /-o xml: use one of text, json/],
    [['check', 'a.yaml', '--only', 'scheduler'], /--only scheduler: use one of api/],
    [['simulate', '-f', 'a.yaml', '--depth', 'deep'], /--depth deep: use one of story, flow, wire/],
    [['simulate', '-f'], /-f.*argument missing/],
    [['check', 'a.yaml', '--strict=yes'], /--strict.*does not take an argument/],
  ];
  for (const [argv, says] of wrong) {
    it(`is wrong: ${argv.join(' ')}`, async () => {
      const { code, out, error } = await runIn(argv);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(error, says);
      assert.match(error, /^applyscope: [^\n]+\n$/);
    });
  }

  const help: [argv: string[], says: RegExp][] = [
    [[], /^applyscope: what will kubectl apply really do\?/],
    [['--help'], /Usage:/],
    [['help', 'check'], /Exit code: 0 clean or warnings only, 1 errors/],
    [['check', '--help'], /Examples:\n {2}applyscope check pod\.yaml/],
    [['simulate', '-h'], /--depth story\|flow\|wire/],
    [['--version'], /^applyscope .+ \(Kubernetes 1\.36\)\n$/],
  ];
  for (const [argv, says] of help) {
    it(`helps: ${argv.join(' ') || '(nothing)'}`, async () => {
      const { code, out, error } = await runIn(argv);
      assert.deepEqual([code, error], [0, '']);
      assert.match(out, says);
    });
  }

  it('takes files with and without -f, and options more than once', () => {
    assert.deepEqual(
      readArguments(['simulate', '-f', 'a', 'b', '--cluster', 'kind', '--cluster', 'x.yaml', '--then', 'get pods']),
      {
        ...{ command: 'simulate', files: ['a', 'b'], recursive: false, clusters: ['kind', 'x.yaml'] },
        ...{
          images: undefined,
          kustomization: undefined,
          namespace: undefined,
          then: ['get pods'],
          depth: 'story',
          output: 'text',
        },
      },
    );
  });
});
