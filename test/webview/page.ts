// The real page in a real browser: the shipped bundles under the shipped policy, with a stand-in for the extension behind it.
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { pageHtml } from '../../src/protocol/page-html.ts';
import type { PanelState, ToExtension } from '../../src/protocol/webview.ts';
import { browserFlags, installedBrowser } from '../support/browser.ts';
import type { FakeExtension } from './extension.ts';
import { themes, type Theme } from './themes.ts';

/** The build's own recipe, which has no types. */
const bundles: string = '../../.config/page-bundles.js';

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

export interface OpenOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** What a reload brings back. */
  readonly state?: PanelState;
  /** What Mermaid's bundle waits for. */
  readonly mermaidAfter?: Promise<void>;
}

export interface PanelPage extends Page {
  /** Console errors, page errors, refused resources, and addresses outside. Empty, if all is well. */
  readonly problems: string[];
}

/** A browser and the bundles, shared by the tests of a file. */
export class Stage {
  #browser: Browser | undefined;
  #server: Server | undefined;
  #folder = '';
  #theme: Theme = 'dark';
  #extension: FakeExtension | undefined;

  async start(): Promise<void> {
    const executablePath = installedBrowser() ?? (await import('../host/tools.ts')).installTools().chromium;
    this.#folder = mkdtempSync(path.join(os.tmpdir(), 'applyscope-page-'));
    const { buildPage } = (await import(bundles)) as { buildPage: (folder: string) => Promise<void> };
    await buildPage(this.#folder);
    this.#browser = await chromium.launch({ executablePath, args: [...browserFlags] });
    this.#server = createServer((request, response) => {
      const file = path.basename(request.url ?? '');
      const type = types[path.extname(file)];
      response.setHeader('content-type', type ?? 'text/html');
      response.end(type ? this.#bundle(file) : this.#html(this.#extension!));
    });
    await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    this.#server?.close();
  }

  get #origin(): string {
    return `http://127.0.0.1:${(this.#server?.address() as AddressInfo).port}`;
  }

  #bundle(file: string): string {
    return readFileSync(path.join(this.#folder, file), 'utf8');
  }

  #html({ picture, first }: FakeExtension): string {
    const { kind, variables } = themes[this.#theme];
    const style = Object.entries(variables).map(([name, value]) => `${name}: ${value};`);
    const html = pageHtml({
      script: this.#bundle('webview.js'),
      style: this.#bundle('webview.css'),
      mermaid: `${this.#origin}/webview-mermaid.js`,
      drawing: picture ? undefined : this.#bundle('webview-mermaid.js'),
      ...{ first, origin: this.#origin, nonce: 'nonceOfTheTest', title: 'Apply app.yaml' },
    });
    return html
      .replace('<html lang="en">', `<html lang="en" style="${style.join(' ').replaceAll('"', '&quot;')}">`)
      .replace('<body>', `<body class="vscode-${kind}">`);
  }

  async open(extension: FakeExtension, options: OpenOptions = {}): Promise<PanelPage> {
    const { theme = 'dark', width = 1100, height = 900, state, mermaidAfter } = options;
    this.#theme = theme;
    this.#extension = extension;
    const context = await this.#browser!.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    if (mermaidAfter) await page.route('**/webview-mermaid.js', (route) => mermaidAfter.then(() => route.continue()));
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(this.#origin) && !url.startsWith('data:') && !url.startsWith('blob:')) problems.push(url);
    });
    extension.send = (message) =>
      page.evaluate(
        (text) => (globalThis as unknown as Messenger).postMessage(JSON.parse(text), '*'),
        JSON.stringify(message),
      );
    await page.exposeFunction('toExtension', (message: string) => extension.take(JSON.parse(message) as ToExtension));
    await page.addInitScript(vscodeApi, JSON.stringify(state ?? null));
    await page.goto(this.#origin);
    return Object.assign(page, { problems });
  }
}

interface Messenger {
  postMessage(message: unknown, target: string): void;
}

/** Runs in the page, before it. */
function vscodeApi(first: string): void {
  const page = globalThis as unknown as Record<string, unknown> & { toExtension(message: string): void };
  let state = JSON.parse(first) as unknown;
  page.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => page.toExtension(JSON.stringify(message)),
    getState: () => state ?? undefined,
    setState: (next: unknown) => (state = page.keptState = next),
  });
}
