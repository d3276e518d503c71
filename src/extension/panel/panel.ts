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
  #work: 'none' | 'running' | 'again' = 'none';
  /** What came of the last run: the page is told when it is there. */
  #last: ToWebview | undefined;
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
      for (const one of this.#subscriptions) one.dispose();
    });
    void this.#load();
    // the server works while the page is loaded
    void this.#simulate();
  }

  async #load(): Promise<void> {
    const { webview, title } = this.#panel;
    const willDraw = !this.#pictures.of(this.key);
    webview.html = await pageHtml(webview, this.#services.context.extensionUri, { title, willDraw });
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

  #select(): void {
    if (!this.#isReady || !this.#last) return;
    if (this.#seq !== undefined) this.#post({ type: 'select', seq: this.#seq });
    this.#seq = undefined;
  }

  #looked(): void {
    // a hidden page is thrown away, and says `ready` when it is back
    if (!this.#panel.visible) this.#isReady = false;
    else if (this.#isStale) void this.#simulate();
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

  /** Tells the page what came of the last run, and shows it what was drawn of it before. */
  #tell(): void {
    const message = this.#last;
    if (!message || !this.#isReady) return;
    if (message.type !== 'run') return this.#post(message);
    const picture = this.#pictures.of(this.key);
    const isDrawn = picture?.mermaid === message.view.story.mermaid;
    this.#post({ ...message, ...(this.#state && { state: this.#state }), ...(isDrawn && { picture }) });
    this.#state = undefined;
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
        if (this.#last) this.#tell();
        else this.#post({ type: 'busy', title: this.#panel.title });
        return this.#select();
      case 'drawn':
        this.#pictures.keep(this.key, message.picture);
        return;
      case 'request':
        return this.#forward(message);
      case 'reveal':
        return reveal(message.place);
      case 'apply':
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
