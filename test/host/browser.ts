// A headless browser on the workbench, and an ear on everything that goes wrong in it.
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { browserFlags } from '../support/browser.ts';
import type { Tools } from './tools.ts';

export const launch = (tools: Tools): Promise<Browser> =>
  chromium.launch({ executablePath: tools.chromium, args: browserFlags });

export interface Heard {
  /** Lines of the console and page errors that speak of the extension or of a refused resource. */
  readonly problems: string[];
  /** Addresses outside the machine that were asked for. */
  readonly outside: string[];
}

/** What of a page's log is about us: the workbench itself logs much that is not. */
const ours = /applyscope|content.security.policy|webview\.js|refused to|violates the following/i;
/** What the workbench or its webview frame does by itself. */
const known = /sandbox attribute|vscode-cdn|allow-scripts and allow-same-origin|marketplace|open-vsx|punycode/i;

/** VS Code for the Web gives each webview a name of its own below `localhost`. */
const thisMachine = /^(127\.0\.0\.1|([\w-]+\.)?localhost)$/;

/** The name under which a webview asks for the extension's own files; a service worker answers. */
const resources = /\.vscode-resource\.vscode-cdn\.net$/;

export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<Page & { heard: Heard }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  // the machine may be busy: beside three other workbenches on two cores a window had its first findings after 22 s, in place of 3
  context.setDefaultTimeout(75_000);
  const page = await context.newPage();
  const heard: Heard = { problems: [], outside: [] };
  const hear = (said: string) => {
    // the VS Code that is tested in lies in this folder, whatever its name, and the workspace in one that is named after us
    const text = said.replaceAll(process.cwd(), '').replace(/\/applyscope-(host|web)-\w+/g, '');
    if (ours.test(text) && !known.test(text)) heard.problems.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') hear(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => hear(`${error.message}\n${error.stack ?? ''}`));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (/^(http|ws)s?:/.test(protocol) && !thisMachine.test(hostname) && !resources.test(hostname))
      heard.outside.push(request.url());
  });
  return Object.assign(page, { heard });
}
