// What happened: picture, list and detail of one selection.
import type { StoryDepth } from '../../src/protocol/panel.ts';
import type { App } from '../app.ts';
import { Diagram } from '../diagram/diagram.ts';
import { h } from '../dom.ts';
import { firstState, stepsOf, type State } from '../state.ts';
import type { Tab } from '../tab.ts';
import { splitter } from './splitter.ts';
import { StepList } from './step-list.ts';
import { StepPane } from './step-pane.ts';

const depths: readonly (readonly [StoryDepth, string, string])[] = [
  ['story', 'Story', 'The dozen steps that matter'],
  ['flow', 'Flow', 'What every component does'],
  ['wire', 'Wire', 'Every request, in order'],
];

export class SequenceTab implements Tab {
  readonly id = 'sequence';
  readonly root: HTMLElement;
  readonly diagram: Diagram;
  /** Settled when the picture is as it should be. */
  drawn: Promise<unknown> = Promise.resolve();
  /** Zoom, and the choice of the depth; stand beside the tabs. */
  readonly tools: HTMLElement;
  readonly #depths: HTMLElement;
  readonly #picture: HTMLElement;
  readonly #nothing = h('p', { class: 'page', hidden: true }, 'Nothing is applied, so there is no flow to draw.');
  readonly #app: App;
  readonly #list: StepList;
  readonly #pane: StepPane;
  #shown: State = firstState;

  constructor(app: App, mermaid: string) {
    this.#app = app;
    this.diagram = new Diagram(
      mermaid,
      (seq) => app.choose(seq),
      (picture) => app.drawn(picture),
    );
    this.#list = new StepList((seq, how) => (how === 'chosen' ? app.choose(seq) : app.select(seq)));
    this.#pane = new StepPane({
      select: (seq) => app.select(seq),
      reveal: (place) => app.host.post({ type: 'reveal', place }),
    });
    const lower = h('div', { class: 'lower' }, this.#list.root, this.#pane.root);
    this.#picture = h('div', { class: 'picture' }, this.diagram.root, splitter(this.diagram.root), lower);
    this.root = h('div', { class: 'sequence-tab' }, this.#nothing, this.#picture);
    this.#depths = h('div', { class: 'segments', role: 'group', 'aria-label': 'How much is told' });
    for (const [depth, label, title] of depths) {
      const choose = () => void app.tell(depth);
      this.#depths.append(h('button', { type: 'button', title, 'data-depth': depth, onclick: choose }, label));
    }
    this.tools = h('div', { class: 'sequence-tools' }, this.diagram.tools, this.#depths);
  }

  title(): string {
    return 'Sequence';
  }

  update(state: State): void {
    const before = this.#shown;
    this.#shown = state;
    for (const choice of this.#depths.querySelectorAll<HTMLElement>('[data-depth]')) {
      choice.setAttribute('aria-pressed', String(choice.dataset.depth === state.depth));
    }
    const { story, seq, view } = state;
    const isNothing = story !== undefined && stepsOf(story).length === 0;
    this.#nothing.hidden = !isNothing;
    this.#picture.hidden = isNothing;
    this.tools.hidden = isNothing;
    if (!story || !view || isNothing) return;
    if (story !== before.story) {
      this.#list.show(story);
      this.drawn = this.diagram.show(story, state.picture);
      this.#app.log(this.drawn);
    }
    if (seq === before.seq && view === before.view) return;
    this.#list.select(seq);
    this.diagram.select(seq);
    if (seq === undefined) this.#pane.clear();
    else this.#app.log(this.#ask(view.run, seq));
  }

  async #ask(run: number, seq: number): Promise<void> {
    const detail = await this.#app.host.ask('applyscope/step', { run, seq });
    if (this.#shown.seq === seq && this.#shown.view?.run === run) this.#pane.show(detail);
  }
}
