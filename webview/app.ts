// The page: keeps the state, asks the server, and tells banner and tabs what has changed.
import type { FixView, RunRequest, RunView, StoryDepth, WhatIf } from '../src/protocol/panel.ts';
import type { PanelState, Picture, ToWebview } from '../src/protocol/webview.ts';
import { BannerView } from './banner.ts';
import { loadMermaid } from './diagram/mermaid.ts';
import { h } from './dom.ts';
import { exportTools } from './export.ts';
import { Host } from './host.ts';
import { SequenceTab } from './sequence/sequence-tab.ts';
import { firstState, kept, sameStep, stepsOf, stepThatMatters, type State } from './state.ts';
import { TabBar, type Tab } from './tab.ts';
import { FixesTab } from './tabs/fixes-tab.ts';
import { KubectlTab } from './tabs/kubectl-tab.ts';
import { NodesTab } from './tabs/nodes-tab.ts';
import { StoredTab } from './tabs/stored-tab.ts';
import { WhatIfTab } from './tabs/what-if-tab.ts';

export interface Beginning {
  /** The address of the diagrams' bundle. */
  readonly mermaid: string;
  /** There is no picture yet. */
  readonly willDraw: boolean;
  /** What is shown without asking. */
  readonly first?: ToWebview;
}

export class App {
  readonly host: Host;
  state: State = firstState;
  /** What would mend the run; found after it is shown. */
  fixes: readonly FixView[] = [];
  readonly #banner: BannerView;
  readonly #bar: TabBar;
  readonly #tabs: readonly Tab[];
  readonly #sequence: SequenceTab;
  /** What a reload brought back, until the first run has come. */
  #restored: PanelState | undefined;
  #tries = 0;
  /** Somebody has selected a step; until then the one that matters is. */
  #isChosen = false;

  constructor(root: HTMLElement, { mermaid, willDraw, first }: Beginning) {
    this.host = new Host((message) => this.#take(message));
    this.#restored = this.host.state;
    const { tab, depth } = this.#restored ?? firstState;
    this.state = { ...firstState, tab, depth };
    this.#sequence = new SequenceTab(this, mermaid);
    this.#tabs = [
      this.#sequence,
      new NodesTab(this),
      new KubectlTab(this),
      new StoredTab(this),
      new WhatIfTab(this),
      new FixesTab(this),
    ];
    this.#banner = new BannerView(this);
    this.#bar = new TabBar(this.#tabs, (id) => this.go(id));
    const tools = h(
      'div',
      { class: 'tools' },
      this.#sequence.tools,
      exportTools(this, () => this.#sequence.diagram.svg),
    );
    const bar = h('nav', { class: 'bar', 'aria-label': 'Views' }, this.#bar.root, tools);
    root.replaceChildren(this.#banner.root, bar, ...this.#tabs.map((one) => one.root));
    this.#draw();
    followTheme(() => this.log(this.#sequence.diagram.redraw()));
    this.host.post({ type: 'ready' });
    // while the server works, or the text is shown
    if (tab === 'sequence' && willDraw) this.log(loadMermaid(mermaid));
    if (first) this.#take(first);
  }

  /** A diagram of the story that a page opens with is kept for the next one. */
  drawn(picture: Picture): void {
    if (picture.mermaid === this.state.view?.story.mermaid) this.host.post({ type: 'drawn', picture });
  }

  /** What goes wrong is told to the extension's log; the page goes on. */
  log(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.host.post({ type: 'log', level: 'warn', message: String(error) }));
  }

  go(tab: PanelState['tab']): void {
    this.#set({ tab });
  }

  /** Selects a step, and its moment. */
  select(seq: number): void {
    this.#isChosen = true;
    const step = stepsOf(this.state.story).find((one) => one.seq === seq);
    this.#set({ seq, ...(step && { time: step.time }) });
  }

  /** Selects a step and opens the line that it hangs on. */
  choose(seq: number): void {
    this.select(seq);
    const { view } = this.state;
    if (!view) return;
    const reveal = this.host.ask('applyscope/step', { run: view.run, seq }).then(({ place }) => {
      if (place && this.state.seq === seq) this.host.post({ type: 'reveal', place });
    });
    this.log(reveal);
  }

  at(time: number): void {
    this.#set({ time });
  }

  /** Tells the story at another depth. */
  async tell(depth: StoryDepth): Promise<void> {
    this.#set({ depth });
    const { view, story } = this.state;
    if (!view || story?.depth === depth) return;
    const told =
      view.story.depth === depth ? view.story : await this.host.ask('applyscope/story', { run: view.run, depth });
    const { seq, view: now, depth: wanted } = this.state;
    if (now === view && wanted === depth) this.#set({ story: told, seq: sameStep(seq, story, told) });
  }

  /** Runs with other changes in place of those that are tried. */
  try(whatIf: WhatIf): void {
    const { request } = this.state;
    if (!request) return;
    const next: RunRequest = { uris: request.uris, whatIf };
    const turn = ++this.#tries;
    // what is tried counts from now on: a second change adds to the first
    this.state = { ...this.state, request: next };
    const run = this.host.ask('applyscope/simulate', next).then((view) => {
      if (turn === this.#tries) this.#received(next, view);
    });
    this.log(run);
  }

  showTried(whatIf: WhatIf): void {
    this.try(whatIf);
    this.go('sequence');
  }

  /** Writes what is tried, and goes on with the files. */
  async writeWhatIf(): Promise<void> {
    const { request } = this.state;
    if (!request?.whatIf) return;
    const edits = await this.host.ask('applyscope/writeWhatIf', { request, whatIf: request.whatIf });
    this.host.post({ type: 'apply', edits });
    if (edits.length) this.try({});
  }

  #take(message: ToWebview): void {
    switch (message.type) {
      case 'run':
        this.#restored = message.state ?? this.#restored;
        return this.#received(message.request, message.view, message.picture);
      case 'busy':
        return this.#set({ busy: message.title });
      case 'problem':
        return this.#set({ problem: message.message, busy: undefined });
      case 'select':
        this.#set({ tab: 'sequence' });
        return this.select(message.seq);
      default:
    }
  }

  #received(request: RunRequest, view: RunView, picture?: Picture): void {
    if (isAnother(this.state.request, request)) this.#beginAnew();
    const { story: before, ...state } = this.state;
    const restored = this.#restored;
    this.#restored = undefined;
    const { tab, depth, seq, time } = restored ?? state;
    const story = view.story.depth === depth ? view.story : undefined;
    // another run is another time, unless somebody looks at a moment of it
    const moment = time !== undefined && time <= view.duration ? time : undefined;
    this.#isChosen ||= restored?.seq !== undefined;
    const selected = this.#isChosen && story ? sameStep(seq, before, story) : seq;
    this.fixes = [];
    this.#set({
      ...{
        request,
        view,
        picture,
        tab,
        depth,
        story: story ?? before,
        busy: undefined,
        problem: undefined,
        time: moment,
      },
      seq: this.#isChosen ? selected : stepThatMatters(story ?? before),
    });
    if (!story) this.log(this.tell(depth));
    if (view.banner.verdict === 'running') return;
    // finding them takes many runs: they can wait for the picture
    this.log(this.#sequence.drawn.catch(() => undefined).then(() => this.#findFixes(view)));
  }

  /** Other manifests are looked at from their beginning. */
  #beginAnew(): void {
    this.#isChosen = false;
    this.state = { ...firstState, depth: this.state.depth };
  }

  async #findFixes(view: RunView): Promise<void> {
    if (view !== this.state.view) return;
    const fixes = await this.host.ask('applyscope/fixes', { run: view.run });
    if (view !== this.state.view) return;
    this.fixes = fixes;
    this.#draw();
  }

  #set(change: Partial<{ [K in keyof State]: State[K] | undefined }>): void {
    this.state = Object.fromEntries(
      Object.entries({ ...this.state, ...change }).filter(([, value]) => value !== undefined),
    ) as unknown as State;
    const keep = kept(this.state);
    if (keep) this.host.state = keep;
    this.#draw();
  }

  #draw(): void {
    const { state } = this;
    this.#banner.update(state);
    this.#bar.update(state);
    if (state.tab !== 'sequence') this.#sequence.tools.hidden = true;
    this.#tabs.find(({ id }) => id === state.tab)?.update(state);
  }
}

const isAnother = (before: RunRequest | undefined, { uris }: RunRequest): boolean =>
  before !== undefined && before.uris.join('\n') !== uris.join('\n');

/** Colours follow by themselves; a theme may also bring another font, by which the diagram was measured. */
function followTheme(onFont: () => void): void {
  const font = () => getComputedStyle(document.body).fontFamily;
  let before = font();
  new MutationObserver(() => {
    const now = font();
    if (now === before) return;
    before = now;
    onFont();
  }).observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
}
