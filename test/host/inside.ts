// Runs the compiled suite of `inside/` in the extension host of a VS Code that is opened in a browser.
import type { Browser } from 'playwright-core';
import { openPage } from './browser.ts';
import type { RunningServer } from './vscode-server.ts';

/** The exit code of the suite; what it prints is passed on. */
export async function runInside(browser: Browser, server: RunningServer, suite: string): Promise<number> {
  const page = await openPage(browser);
  const exit = new Promise<number>((resolve) => {
    void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
  });
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    // what mocha reports; the host itself complains about native parts and galleries that it does not find
    if (type === 'log' && !String(args[0]).startsWith('[')) console.log(...args);
  });
  await page.goto(
    server.address([
      ['extensionDevelopmentPath', `vscode-remote://remote${server.extension}`],
      ['extensionTestsPath', `vscode-remote://remote${suite}`],
    ]),
  );
  const code = await exit;
  await page.context().close();
  return code;
}
