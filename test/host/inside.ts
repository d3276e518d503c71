// Runs the compiled suite of `inside/` in the extension host of a VS Code that is opened in a browser.
import { setTimeout } from 'node:timers/promises';
import { format } from 'node:util';
import type { Browser } from 'playwright-core';
import { openPage } from './browser.ts';
import type { RunningServer } from './vscode-server.ts';

/** Milliseconds after which a suite that has not ended has failed. */
const patience = 300_000;

/** The exit code of the suite; what it prints is passed on. */
export async function runInside(browser: Browser, server: RunningServer, suite: string): Promise<number> {
  const page = await openPage(browser);
  const exit = new Promise<number>((resolve) => {
    void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
  });
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    const text = format(...args);
    // what mocha reports is indented; the rest is the host's own, which misses native parts and galleries here
    if (type === 'info' && /^( |$)/.test(text)) console.log(text);
  });
  await page.goto(
    server.address([
      ['extensionDevelopmentPath', `vscode-remote://remote${server.extension}`],
      ['extensionTestsPath', `vscode-remote://remote${suite}`],
    ]),
  );
  const code = await Promise.race([exit, setTimeout(patience, undefined, { ref: false })]);
  await page.context().close();
  if (code === undefined) console.error(`the suite in the extension host has not ended after ${patience / 1000} s`);
  return code ?? 1;
}
