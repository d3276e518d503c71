// What would mend it: the fixes by themselves, for what no node has a part in.
import type { App } from '../app.ts';
import { h } from '../dom.ts';
import type { State } from '../state.ts';
import type { Tab } from '../tab.ts';
import { FixList } from './fix-list.ts';

export class FixesTab implements Tab {
  readonly id = 'fixes';
  readonly root = h('div', { class: 'page' });
  readonly #app: App;
  readonly #list: FixList;

  constructor(app: App) {
    this.#app = app;
    this.#list = new FixList(app);
    this.root.append(this.#list.root);
  }

  /** Without a fix there is no tab. */
  title({ tab }: State): string {
    const { length } = this.#app.fixes;
    return length ? `Fixes ${length}` : tab === this.id ? 'Fixes' : '';
  }

  update(): void {
    this.#list.update();
  }
}
