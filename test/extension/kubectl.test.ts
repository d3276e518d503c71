// The user's kubectl as it is called: with an argument array, for no Secrets, and not for ever. A script stands in for it.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contextsOf, importableKinds, readObjects, type Kubectl } from '../../src/extension/cluster/kubectl.ts';

describe('kubectl', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'applyscope-kubectl-'));
  after(() => rmSync(folder, { recursive: true }));

  /** A kubectl that runs a script. */
  function fake(script: string, signal = new AbortController().signal): Kubectl {
    const program = path.join(folder, 'kubectl');
    writeFileSync(program, `#!/bin/sh\n${script}\n`);
    chmodSync(program, 0o755);
    return { program, signal };
  }

  before(function () {
    // the stand-in for kubectl is a shell script
    if (process.platform === 'win32') this.skip();
  });

  it('names the contexts, the current one first', async () => {
    const kubectl = fake(`[ "$2" = current-context ] && echo prod || printf 'dev\\nprod\\ntest\\n'`);
    assert.deepEqual(await contextsOf(kubectl), ['prod', 'dev', 'test']);
  });

  it('has no current context where none is set', async () => {
    const kubectl = fake(`[ "$2" = current-context ] && exit 1 || echo dev`);
    assert.deepEqual(await contextsOf(kubectl), ['dev']);
  });

  it('hands every argument over as it is', async () => {
    const kubectl = fake(`for one in "$@"; do echo "$one"; done`);
    const output = await readObjects(kubectl, 'a b; rm -rf "$HOME"', ['nodes', 'pods']);
    assert.deepEqual(output.trimEnd().split('\n'), [
      ...['get', 'nodes,pods', '--all-namespaces', '--output=yaml'],
      ...['--context=a b; rm -rf "$HOME"', '--request-timeout=60s'],
    ]);
  });

  it('never asks for Secrets, and keeps none', async () => {
    assert.ok(!importableKinds.some(({ resource }) => /secret/.test(resource)));
    const asked = await readObjects(fake('echo "$2"'), 'dev', ['nodes', 'secrets']);
    assert.equal(asked, 'nodes\n');
    const printed = fake(`printf 'items:\\n- apiVersion: v1\\n  kind: Secret\\n'`);
    await assert.rejects(readObjects(printed, 'dev', ['nodes']), /Secrets, which are never kept/);
  });

  it('says what kubectl says when it fails, and where to look when there is none', async () => {
    const failing = fake('echo "error: context \\"dev\\" does not exist" >&2; exit 1');
    await assert.rejects(readObjects(failing, 'dev', ['nodes']), { message: 'error: context "dev" does not exist' });
    const none = { program: path.join(folder, 'none'), signal: new AbortController().signal };
    await assert.rejects(contextsOf(none), /was not found.*applyscope\.kubectl\.path/);
  });

  it('ends when it is told to', async () => {
    const abort = new AbortController();
    const reading = readObjects(fake('exec sleep 30', abort.signal), 'dev', ['nodes']);
    setTimeout(() => abort.abort(), 50);
    await assert.rejects(reading, /abort/i);
  });
});
