// Runs the suites of `page/`, which use the workbench as a person does.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import type { Browser } from 'playwright-core';
import { begin, pictureOfFailure } from './page/session.ts';
import type { Tools } from './tools.ts';

/** The number of failures. `only` names a suite. */
export async function runOnPage(tools: Tools, browser: Browser, only?: string): Promise<number> {
  begin({ tools, browser });
  const mocha = new Mocha({ ui: 'bdd', timeout: 240_000, slow: 5000 });
  for (const file of readdirSync('test/host/page')) {
    if (file.endsWith('.suite.ts') && (only === undefined || file.startsWith(only))) {
      mocha.addFile(path.resolve('test/host/page', file));
    }
  }
  mocha.rootHooks({
    async afterEach(this: Mocha.Context) {
      if (this.currentTest?.state === 'failed') await pictureOfFailure(this.currentTest.fullTitle());
    },
  });
  await mocha.loadFilesAsync();
  return new Promise((resolve) => mocha.run(resolve));
}
