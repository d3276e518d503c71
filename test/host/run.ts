// The tests in a real VS Code, as a part of `npm test`: the suites inside its extension host, in Node and in a web worker, then those that use
// the page as a person does. Arguments: `inside`, `web`, or the name of a suite of `page/`, to run only that.
import type { Browser } from 'playwright-core';
import { launch } from './browser.ts';
import { compileInside } from './compile.ts';
import { runInside } from './inside.ts';
import { packageExtension } from './package.ts';
import { runOnPage } from './page.ts';
import { installTools, missingHere, type Tools } from './tools.ts';
import { startServer } from './vscode-server.ts';
import { runInWorker } from './web.ts';

async function run(only: string | undefined): Promise<number> {
  if (missingHere !== undefined) {
    console.log(`Host tests skipped: ${missingHere}`);
    return 0;
  }
  const tools = installTools();
  packageExtension();
  const browser = await launch(tools);
  try {
    if (only === 'inside') return await runInNode(tools, browser);
    if (only === 'web') return await runInWorker(browser);
    if (only !== undefined) return await runOnPage(tools, browser, only);
    const failures = [await runInNode(tools, browser), await runInWorker(browser), await runOnPage(tools, browser)];
    return Math.max(...failures);
  } finally {
    await browser.close();
  }
}

async function runInNode(tools: Tools, browser: Browser): Promise<number> {
  const suite = await compileInside();
  const server = await startServer(tools);
  try {
    const remote = (file: string) => `vscode-remote://remote${file}`;
    const address = server.address([
      ['extensionDevelopmentPath', remote(server.extension)],
      ['extensionTestsPath', remote(suite)],
    ]);
    return await runInside(browser, address);
  } finally {
    await server.stop();
  }
}

process.exitCode = await run(process.argv[2]);
