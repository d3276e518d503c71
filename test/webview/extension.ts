// Stands in for the extension and the server: answers the page from the real views, and keeps what the page asks of the editor.
import { markdownReport } from '../../src/features/index.ts';
import {
  fixesView,
  kubectlView,
  nodesView,
  PanelRun,
  runView,
  stepDetail,
  storedView,
  storyView,
  whatIfView,
  writeWhatIf,
  type PanelRequest,
} from '../../src/features/panel/index.ts';
import type { RunRequest } from '../../src/protocol/panel.ts';
import type { Requests } from '../../src/protocol/requests.ts';
import type { Picture, ToExtension, ToWebview } from '../../src/protocol/webview.ts';
import { panelRequest, type PanelOptions } from '../support/panel.ts';

type Asked = Extract<ToExtension, { readonly type: 'request' }>;
type Answers = { [M in keyof Requests]?: (params: Requests[M]['params']) => Requests[M]['result'] | undefined };

export class FakeExtension {
  /** What the page asked of the editor: all messages but requests. */
  readonly heard: ToExtension[] = [];
  /** What a page has drawn; shown again by the next one. */
  picture: Picture | undefined;
  /** What the next page brings along. */
  first: ToWebview | undefined;
  /** Sends a message to the page. */
  send: (message: ToWebview) => Promise<void> = () => Promise.resolve();
  readonly #options: PanelOptions;
  #text: string;
  #request: RunRequest = { uris: ['file:///work/app.yaml'] };
  #run: PanelRun | undefined;
  #runs = 0;

  constructor(text: string, options: PanelOptions = {}) {
    this.#text = text;
    this.#options = options;
  }

  async take(message: ToExtension): Promise<void> {
    if (message.type === 'request') return this.#answer(message);
    this.heard.push(message);
    if (message.type === 'drawn') this.picture = message.picture;
    if (message.type === 'ready' && !this.first) await this.#show();
  }

  /** The file is edited. */
  async edit(text: string): Promise<void> {
    this.#text = text;
    await this.#show();
  }

  /** Another manifest is simulated in this panel. */
  turnTo(uri: string, text: string): Promise<void> {
    this.#request = { uris: [uri] };
    return this.edit(text);
  }

  /** The run as it stands, with what was drawn of it. */
  run(): ToWebview {
    const { picture } = this;
    return { type: 'run', request: this.#request, view: this.#simulate(), ...(picture && { picture }) };
  }

  #show(): Promise<void> {
    return this.send(this.run());
  }

  #simulate() {
    this.#run = new PanelRun(this.#panelRequest(), ++this.#runs);
    return runView(this.#run);
  }

  #panelRequest(): PanelRequest {
    const { whatIf } = this.#request;
    return panelRequest(this.#text, { ...this.#options, ...(whatIf && { whatIf }) });
  }

  async #answer({ id, method, params }: Asked): Promise<void> {
    const run = this.#run!;
    const answers: Answers = {
      'applyscope/simulate': (request) => {
        this.#request = request;
        return this.#simulate();
      },
      'applyscope/story': ({ depth }) => storyView(run, depth),
      'applyscope/step': ({ seq }) => stepDetail(run, seq),
      'applyscope/nodes': ({ pod }) => nodesView(run, pod),
      'applyscope/kubectl': ({ time, object }) => kubectlView(run, time, object),
      'applyscope/stored': ({ object }) => storedView(run, object),
      'applyscope/whatIf': () => whatIfView(run),
      'applyscope/writeWhatIf': ({ whatIf }) => writeWhatIf(this.#panelRequest(), whatIf),
      'applyscope/fixes': () => fixesView(run),
      'applyscope/report': ({ depth }) => ({ markdown: markdownReport(run.applied, depth) }),
    };
    const result = (answers[method] as ((params: unknown) => unknown) | undefined)?.(params);
    await this.send({ type: 'response', id, result });
  }
}
