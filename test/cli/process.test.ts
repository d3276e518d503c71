// The program as a process: what only a real one has, standard input and pipes that close.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { pod } from './terminal.ts';

const program = ['--import', './.config/typescript.js', 'src/cli/main.ts'];
/** A process of its own measures no coverage: the engine's settings differ there, and the figures would be mixed up. */
const environment: NodeJS.ProcessEnv = { ...process.env, NODE_V8_COVERAGE: '' };

function run(args: readonly string[], input: string, env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [...program, ...args], {
    input,
    encoding: 'utf8',
    env: { ...environment, ...env },
  });
}

describe('the program', function () {
  this.timeout(60_000);

  it('reads standard input, and ends with the code', () => {
    const { status, stdout } = run(['check', '-'], pod.replace('image:', 'imagee:'));
    assert.equal(status, 1);
    assert.match(stdout, /^<stdin>:8:5 error unknown-field /);
  });

  it('calls standard input as kubectl does', () => {
    const { stdout } = run(['simulate', '-f', '-'], pod);
    assert.match(stdout, /\$ kubectl apply -f -\npod\/myapp created\n$/);
    assert.match(run(['check', '-'], 'apiVersion: v1\nkind: Pod\na: "\n').stdout, /error parsing STDIN: /);
  });

  it('ends quietly when the pipe closes', async () => {
    const child = spawn(
      process.execPath,
      [...program, 'simulate', '-f', 'media/samples/pod.yaml', '--depth', 'wire', '-o', 'json'],
      { env: environment },
    );
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.equal(errors, '');
    assert.equal(code, 0);
  });

  it('says the version of the package', () =>
    assert.match(run(['--version'], '').stdout, /^applyscope \S+ \(Kubernetes 1\.36\)\n$/));
});
