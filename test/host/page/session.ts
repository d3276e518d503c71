// What the suites on the page share: the browser and the way to a workbench on fresh samples.
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Tools } from '../tools.ts';
import { startServer, type RunningServer, type ServerOptions } from '../vscode-server.ts';
import { openPage } from '../browser.ts';
import { startWeb } from '../web.ts';
import { Workbench } from './workbench.ts';

let tools: Tools | undefined;
let browser: Browser | undefined;

/** Called once, before the suites are loaded. */
export function begin(given: { readonly tools: Tools; readonly browser: Browser }): void {
  ({ tools, browser } = given);
}

export interface Session {
  readonly server: RunningServer;
  readonly workbench: Workbench;
}

/** A server of its own, because suites edit the samples. */
export async function openWorkbench(options?: ServerOptions, page?: BrowserContextOptions): Promise<Session> {
  if (!tools || !browser) throw new Error('begin() comes first');
  const server = await startServer(tools, options);
  last = await Workbench.open(await openPage(browser, page), server.address());
  return { server, workbench: last };
}

/** The same in VS Code for the Web. */
export async function openWeb(): Promise<{ workbench: Workbench; stop: () => Promise<void> }> {
  if (!browser) throw new Error('begin() comes first');
  const web = await startWeb();
  const page = await openPage(browser);
  last = await Workbench.open(page, web.address);
  const stop = async () => {
    await page.context().close();
    web.stop();
  };
  return { workbench: last, stop };
}

let last: Workbench | undefined;

/** What a failed test left to be seen. */
export async function pictureOfFailure(title: string): Promise<void> {
  await last?.picture(`failed ${title.replace(/[^\w]+/g, '-')}`);
}

export async function close({ server, workbench }: Session): Promise<void> {
  await workbench.page.context().close();
  await server.stop();
}
