// VS Code for the Web, whose extension host is a web worker: the packaged extension by its entry for browsers.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { compileForWorker } from './compile.ts';
import { runInside } from './inside.ts';
import { installWeb } from './tools.ts';
import { freePort, installPackage, samples } from './vscode-server.ts';

/** What is used of @vscode/test-web. */
interface TestWeb {
  readonly open: (options: Readonly<Record<string, unknown>>) => Promise<{ dispose(): void }>;
}

export interface RunningWeb {
  readonly address: string;
  stop(): void;
}

/** Serves the samples with the extension; `withSuite` brings the tests into the extension host, which end by themselves. */
export async function startWeb({ withSuite = false } = {}): Promise<RunningWeb> {
  const { modules, ...build } = installWeb();
  const { open } = createRequire(path.join(modules, 'index.js'))('@vscode/test-web') as TestWeb;
  const home = mkdtempSync(path.join(tmpdir(), 'applyscope-web-'));
  const workspace = path.join(home, 'workspace');
  cpSync(samples, workspace, { recursive: true });
  const extension = installPackage(path.join(home, 'extensions'));
  // only what lies in its folder is served
  const suite = path.join(extension, 'suite/index.cjs');
  if (withSuite) await compileForWorker(suite);
  const port = await freePort();
  const server = await open({
    ...{ ...build, browserType: 'none', host: 'localhost', port, folderPath: workspace },
    ...{ extensionDevelopmentPath: extension, ...(withSuite && { extensionTestsPath: suite }) },
  });
  const stop = () => {
    server.dispose();
    rmSync(home, { recursive: true, force: true });
  };
  return { address: `http://localhost:${port}`, stop };
}

export async function runInWorker(browser: Browser): Promise<number> {
  const web = await startWeb({ withSuite: true });
  try {
    return await runInside(browser, web.address);
  } finally {
    web.stop();
  }
}
