// What every tab has: a name that may say how much is in it, an element, and a way to follow the state.
import type { PanelState } from '../src/protocol/webview.ts';
import { fill, h, type Child } from './dom.ts';
import type { State } from './state.ts';

export interface Tab {
  readonly id: PanelState['tab'];
  readonly root: HTMLElement;
  title(state: State): string;
  /** A part of the title that is left out where there is little room. */
  readonly long?: string;
  /** Called on every change while the tab is shown. */
  update(state: State): void;
}

/** The tabs' names, as a list that arrow keys move in, and the panel below them. */
export class TabBar {
  readonly root = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Views of the run' });
  readonly #tabs: readonly Tab[];
  readonly #onChoose: (id: PanelState['tab']) => void;

  constructor(tabs: readonly Tab[], onChoose: (id: PanelState['tab']) => void) {
    this.#tabs = tabs;
    this.#onChoose = onChoose;
    this.root.addEventListener('keydown', (event) => this.#key(event));
    fill(this.root, ...tabs.map(({ id }) => this.#name(id)));
    for (const { id, root } of tabs) {
      root.id = `panel-${id}`;
      root.setAttribute('role', 'tabpanel');
      root.setAttribute('aria-labelledby', `tab-${id}`);
    }
  }

  #name(id: PanelState['tab']): HTMLElement {
    const attributes = { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `panel-${id}` };
    return h('button', { ...attributes, onclick: () => this.#onChoose(id) });
  }

  update(state: State): void {
    this.#tabs.forEach((tab, at) => {
      const name = this.root.children[at] as HTMLElement;
      const isShown = tab.id === state.tab;
      const title = tab.title(state);
      if (name.textContent !== title) fill(name, ...partsOf(title, tab.long));
      if (isShown && name.getAttribute('aria-selected') !== 'true')
        name.scrollIntoView({ inline: 'nearest', block: 'nearest' });
      name.hidden = title === '';
      name.setAttribute('aria-selected', String(isShown));
      name.tabIndex = isShown ? 0 : -1;
      tab.root.hidden = !isShown;
    });
  }

  #key(event: KeyboardEvent): void {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const names = ([...this.root.children] as HTMLElement[]).filter(({ hidden }) => !hidden);
    const at = names.findIndex((name) => name.getAttribute('aria-selected') === 'true');
    const next = names[(at + by + names.length) % names.length];
    next?.click();
    next?.focus();
  }
}

function partsOf(title: string, long: string | undefined): Child[] {
  const at = long === undefined ? -1 : title.indexOf(long);
  if (long === undefined || at < 0) return [title];
  return [title.slice(0, at), h('span', { class: 'long' }, long), title.slice(at + long.length)];
}
