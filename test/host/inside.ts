// Runs a compiled suite of `inside/` in the extension host of a VS Code that is opened in a browser.
import { setTimeout } from 'node:timers/promises';
import { format } from 'node:util';
import type { Browser } from 'playwright-core';
import { openPage } from './browser.ts';

/** Milliseconds without a word after which a suite that has not ended has failed: more than the patience of any test in it. */
const patience = 300_000;

/** The exit code of the suite that the workbench at this address runs; what it prints is passed on. */
export async function runInside(browser: Browser, address: string): Promise<number> {
  const page = await openPage(browser);
  const exit = new Promise<number>((resolve) => {
    void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
  });
  let lastWord = Date.now();
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    const text = format(...args);
    // what mocha reports is indented; the rest is the host's own, which misses native parts and galleries here
    if (type !== 'info' || !/^( |$)/.test(text)) return;
    console.log(text);
    lastWord = Date.now();
  });
  await page.goto(address);
  let code: number | undefined;
  while (code === undefined && Date.now() < lastWord + patience) {
    code = await Promise.race([exit, setTimeout(lastWord + patience - Date.now(), undefined, { ref: false })]);
  }
  await page.context().close();
  if (code === undefined) console.error(`the suite in the extension host has said nothing for ${patience / 1000} s`);
  return code ?? 1;
}
