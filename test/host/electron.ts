// `npm run test:electron`: the suite of `inside/` in a downloaded desktop VS Code, for machines that have no VS Code from npm.
import { mkdtempSync, cpSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { compileInside } from './compile.ts';
import { packageExtension } from './package.ts';
import { installPackage, samples } from './vscode-server.ts';

packageExtension();
const home = mkdtempSync(path.join(tmpdir(), 'applyscope-host-'));
const workspace = path.join(home, 'workspace');
cpSync(samples, workspace, { recursive: true });
const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { vscode: string } };
await runTests({
  // the oldest one that the manifest promises, or the one that is asked for
  version: process.env.VSCODE_VERSION ?? engines.vscode.replace('^', ''),
  extensionDevelopmentPath: installPackage(path.join(home, 'extensions')),
  extensionTestsPath: await compileInside(),
  launchArgs: [workspace, '--disable-workspace-trust', `--user-data-dir=${path.join(home, 'user')}`],
});
