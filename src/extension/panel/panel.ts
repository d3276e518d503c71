// One panel: shows the run of one request, follows edits, and passes the page's questions on to the language server.
import { commands, env, l10n, Uri, window, type Disposable, type WebviewPanel } from 'vscode';
import type { RunRequest, RunView } from '../../protocol/panel.ts';
import { runIsGone, type Method } from '../../protocol/requests.ts';
import type { PanelState, ToExtension, ToWebview } from '../../protocol/webview.ts';
import type { Services } from '../services.ts';
import { pageFolder, pageHtml } from './page.ts';
import type { Pictures } from './pictures.ts';
import { applyEdits, reveal } from './places.ts';
import { save } from './save.ts';

/** Marks of the extension host's clock, beside VS Code's own: the command was given, the diagram is in the page. */
export const [givenMark, drawnMark] = ['applyscope/willSimulate', 'applyscope/didDraw'] as const;

/** Milliseconds; what a webview takes at least before it asks for its page. */
const patience = 100;

/** What the page may ask the server. */
const forwarded: ReadonlySet<Method> = new Set<Method>([
  'applyscope/simulate',
  'applyscope/story',
  'applyscope/step',
  'applyscope/nodes',
  'applyscope/kubectl',
  'applyscope/stored',
  'applyscope/whatIf',
  'applyscope/writeWhatIf',
  'applyscope/fixes',
  'applyscope/report',
]);

type RequestMessage = Extract<ToExtension, { readonly type: 'request' }>;

export class Panel {
  readonly #panel: WebviewPanel;
  readonly #services: Services;
  readonly #subscriptions: Disposable[];
  #request: RunRequest;
  /** What the page is to restore; handed over with the first run. */
  #state: PanelState | undefined;
  /** A step to select with the next run. */
  #seq: number | undefined;
  #isReady = false;
  #isClosed = false;
  #work: 'none' | 'running' | 'again' = 'none';
  /** What came of the last run: the page is told when it is there. */
  #last: ToWebview | undefined;
  /** What of that the page has brought along. */
  #broughtAlong: ToWebview | undefined;
  /** Something changed while nobody looked. */
  #isStale = false;
  readonly #pictures: Pictures;

  constructor(
    panel: WebviewPanel,
    request: RunRequest,
    services: Services,
    { pictures, state }: { readonly pictures: Pictures; readonly state?: PanelState | undefined },
  ) {
    this.#panel = panel;
    this.#services = services;
    this.#request = request;
    this.#state = state;
    this.#pictures = pictures;
    const { webview } = panel;
    const { extensionUri } = services.context;
    webview.options = { enableScripts: true, localResourceRoots: [pageFolder(extensionUri)] };
    panel.iconPath = {
      light: Uri.joinPath(extensionUri, 'media', 'panel-light.svg'),
      dark: Uri.joinPath(extensionUri, 'media', 'panel-dark.svg'),
    };
    this.#subscriptions = [
      webview.onDidReceiveMessage((message: ToExtension) => void this.#take(message)),
      panel.onDidChangeViewState(() => this.#looked()),
      services.server.onDidChangeRuns(() => this.#changed()),
    ];
    panel.onDidDispose(() => {
      this.#isClosed = true;
      for (const one of this.#subscriptions) one.dispose();
    });
    void this.#open();
  }

  /** The page brings the run along, if that is there before a webview can be; else the server works while the page is loaded. */
  async #open(): Promise<void> {
    await Promise.race([this.#simulate(), new Promise((resolve) => setTimeout(resolve, patience))]);
    await this.#load();
  }

  async #load(): Promise<void> {
    const { webview, title } = this.#panel;
    const willDraw = !this.#pictures.of(this.key);
    this.#broughtAlong = this.#last;
    const first = this.#message();
    const html = await pageHtml(webview, this.#services.context.extensionUri, { title, willDraw, first });
    if (!this.#isClosed) webview.html = html;
  }

  /** The same manifests have one panel, whatever is tried in it. */
  get key(): string {
    return keyOf(this.#request);
  }

  /** Brings the panel to the front, at a step if one is given. */
  show(seq?: number): void {
    this.#panel.reveal(undefined, true);
    if (seq === undefined) return;
    this.#seq = seq;
    if (this.#isReady && this.#work === 'none') this.#select();
  }

  /** Shows the run of another request in place of this one. */
  turnTo(request: RunRequest, seq?: number): void {
    this.#request = request;
    this.#state = undefined;
    this.#seq = seq;
    this.#panel.reveal(undefined, true);
    void this.#simulate();
  }

  get isVisible(): boolean {
    return this.#panel.visible;
  }

  get title(): string {
    return this.#panel.title;
  }

  #select(): void {
    if (!this.#isReady || !this.#last) return;
    if (this.#seq !== undefined) this.#post({ type: 'select', seq: this.#seq });
    this.#seq = undefined;
  }

  #looked(): void {
    // a hidden page is thrown away, and says `ready` when it is back
    if (!this.#panel.visible) {
      this.#isReady = false;
      // it will bring along what is there now
      void this.#load();
    } else if (this.#isStale) void this.#simulate();
  }

  #changed(): void {
    if (this.#panel.visible && this.#isReady) void this.#simulate();
    else this.#isStale = true;
  }

  /** What a page that is not there misses, it gets once it is. */
  #post(message: ToWebview): void {
    if (this.#isReady) void this.#panel.webview.postMessage(message);
  }

  /** One run at a time; what changes meanwhile is answered by one more. */
  async #simulate(): Promise<void> {
    if (this.#work !== 'none') {
      this.#work = 'again';
      return;
    }
    do {
      this.#work = 'running';
      this.#isStale = false;
      await this.#run();
    } while (this.#isAskedAgain());
    this.#work = 'none';
    this.#select();
  }

  #isAskedAgain = (): boolean => this.#work === 'again';

  async #run(): Promise<void> {
    const request = this.#request;
    try {
      const view: RunView = await this.#services.server.request('applyscope/simulate', request);
      if (this.#work === 'again') return;
      this.#panel.title = titleOf(view.title);
      this.#last = { type: 'run', request, view };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#services.log.error(`applyscope/simulate: ${message}`);
      this.#last = { type: 'problem', message };
    }
    this.#tell();
  }

  /** Tells the page what came of the last run. */
  #tell(): void {
    const message = this.#isReady ? this.#message() : undefined;
    if (message) this.#post(message);
  }

  /** What came of the last run, with what was drawn of it before, and with what is to be restored. */
  #message(): ToWebview | undefined {
    const message = this.#last;
    if (message?.type !== 'run') return message;
    const state = this.#state;
    this.#state = undefined;
    const picture = this.#pictures.of(this.key);
    const isDrawn = picture?.mermaid === message.view.story.mermaid;
    return { ...message, ...(state && { state }), ...(isDrawn && { picture }) };
  }

  async #take(message: ToExtension): Promise<void> {
    try {
      await this.#answer(message);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#services.log.error(`panel, ${message.type}: ${text}`);
      void window.showErrorMessage(text);
    }
  }

  async #answer(message: ToExtension): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        if (this.#isStale) return this.#simulate();
        if (this.#last && this.#last !== this.#broughtAlong) this.#tell();
        else if (!this.#last) this.#post({ type: 'busy', title: this.#panel.title });
        return this.#select();
      case 'drawn':
        performance.mark(drawnMark);
        this.#pictures.keep(this.key, message.picture);
        return;
      case 'request':
        return this.#forward(message);
      case 'reveal':
        return reveal(message.place);
      case 'apply':
        if (message.edits.length === 0) {
          void window.showInformationMessage(
            l10n.t('There is no file to write this to: open a folder first, which a cluster file can be kept in.'),
          );
          return;
        }
        if (!(await applyEdits(message.edits))) throw new Error(l10n.t('The change could not be applied.'));
        return;
      case 'copy':
        await env.clipboard.writeText(message.text);
        window.setStatusBarMessage(l10n.t('$(check) Copied'), 2000);
        return;
      case 'save':
        return save(message, this.#request.uris.map((uri) => Uri.parse(uri))[0]);
      case 'chooseCluster':
        await commands.executeCommand('applyscope.chooseCluster');
        return;
      case 'log':
        this.#services.log[message.level](`panel: ${message.message}`);
    }
  }

  async #forward({ id, method, params }: RequestMessage): Promise<void> {
    if (!forwarded.has(method)) throw new Error(`The panel may not ask for ${method}`);
    // what is tried in the page is what edits are followed with from now on
    if (method === 'applyscope/simulate') this.#request = params as RunRequest;
    try {
      const result = await this.#services.server.request(method, params);
      if (params === this.#request) this.#last = { type: 'run', request: this.#request, view: result as RunView };
      this.#post({ type: 'response', id, result });
    } catch (error) {
      const { code = 0, message = String(error) } = error as { code?: number; message?: string };
      this.#post({ type: 'error', id, code, message });
      if (code === runIsGone) await this.#simulate();
      else this.#services.log.error(`${method}: ${message}`);
    }
  }
}

/** Names a set of manifests. */
export const keyOf = ({ uris }: RunRequest) => [...uris].sort().join('\n');

export const titleOf = (subject: string): string => l10n.t('Apply {0}', subject);
