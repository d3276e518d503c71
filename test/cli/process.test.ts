// The program as a process: what only a real one has, standard input and pipes that close.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { Folder, pod } from './terminal.ts';

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
  this.timeout(180_000);

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

  it('prints the same for many files, checked by several threads, as for each of them', () => {
    const names = Array.from({ length: 320 }, (_, i) => `${String(i).padStart(3, '0')}.yaml`);
    const wrong = names.filter((_, i) => i % 40 === 7);
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n';
    const folder = new Folder();
    for (const name of names) {
      const field = wrong.includes(name) ? 'dta' : 'data';
      folder.write(name, `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${name}}\n${field}: {}\n`);
    }
    folder.write('a.yaml', service);
    folder.write(
      'z.yaml',
      `${pod.replace('name: myapp', 'name: myapp\n  labels: {app: web}')}    envFrom: [{configMapRef: {name: c000.yaml}}]\n`,
    );
    symlinkSync(folder.file('gone'), folder.file('m.yaml'));
    const whole = run(['check', folder.path], '');
    const api = run(['check', folder.path, '--only', 'api'], '');
    folder.remove();
    for (const { status, stdout, stderr } of [whole, api]) {
      assert.equal(stderr, `applyscope: the path "${folder.file('m.yaml')}" does not exist\n`);
      assert.equal(status, 2);
      assert.deepEqual(
        stdout.split('\n').map((line) => line.split(' ').slice(0, 3).join(' ')),
        [...wrong.map((name) => `${folder.file(name)}:4:1 error unknown-field`), ''],
      );
    }
  });

  it('says the version of the package', () =>
    assert.match(run(['--version'], '').stdout, /^applyscope \S+ \(Kubernetes 1\.36\)\n$/));
});
