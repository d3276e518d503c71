// What kubectl would print at a moment, with a time line to drag.
import type { KubectlView, RunView } from '../../src/protocol/panel.ts';
import type { App } from '../app.ts';
import { duration } from '../clock.ts';
import { dropdown } from '../controls.ts';
import { fill, h } from '../dom.ts';
import type { State } from '../state.ts';
import type { Tab } from '../tab.ts';
import { TimeLine } from './time-line.ts';

export class KubectlTab implements Tab {
  readonly id = 'kubectl';
  readonly root: HTMLElement;
  readonly #app: App;
  readonly #line: TimeLine;
  readonly #objects = h('div', { class: 'page-head' });
  readonly #outputs = h('div', { class: 'terminal' });
  #view: RunView | undefined;
  #time = 0;
  #object: string | undefined;

  constructor(app: App) {
    this.#app = app;
    this.#line = new TimeLine((time) => app.at(time));
    const page = h('div', { class: 'page' }, this.#objects, this.#outputs);
    this.root = h('div', { class: 'kubectl-tab' }, page, this.#line.root);
  }

  title(): string {
    return 'kubectl';
  }

  update({ view, time }: State): void {
    if (!view) return;
    const at = Math.min(time ?? view.duration, view.duration);
    if (view === this.#view && at === this.#time) return;
    if (view !== this.#view) this.#choices(view);
    [this.#view, this.#time] = [view, at];
    this.#line.show(view.moments, view.duration, at);
    this.#app.log(this.#ask(view, at));
  }

  #choices(view: RunView): void {
    const objects = view.describable.map((key) => ({ value: key, label: key }));
    if (!view.describable.includes(this.#object ?? '')) this.#object = view.describable[0];
    const choose = (key: string) => {
      this.#object = key;
      this.#app.log(this.#ask(view, this.#time));
    };
    fill(this.#objects, objects.length > 1 && dropdown('Describe', objects, this.#object ?? '', choose));
  }

  async #ask(view: RunView, time: number): Promise<void> {
    const object = this.#object;
    const { run } = view;
    const answer = await this.#app.host.ask('applyscope/kubectl', {
      run,
      time,
      ...(object !== undefined && { object }),
    });
    if (view === this.#view && time === this.#time && object === this.#object) this.#show(answer);
  }

  #show({ outputs, time }: KubectlView): void {
    const blocks = outputs.map(({ command, output }) => {
      const label = `kubectl ${command}, ${duration(time)} after apply`;
      return h(
        'section',
        {},
        h('h3', {}, h('span', { class: 'dim' }, '$ '), `kubectl ${command}`),
        h('pre', { tabindex: '0', role: 'group', 'aria-label': label }, output.trimEnd()),
      );
    });
    fill(this.#outputs, ...blocks);
  }
}
