// What the server made of the file: the stored object, with who added what.
import type { StoredLine, StoredView } from '../../src/protocol/panel.ts';
import type { App } from '../app.ts';
import { dropdown } from '../controls.ts';
import { fill, h } from '../dom.ts';
import type { State } from '../state.ts';
import type { Tab } from '../tab.ts';

const signs = { same: ' ', added: '+', changed: '~', removed: '−' } as const;

export class StoredTab implements Tab {
  readonly id = 'stored';
  readonly long = ' object';
  readonly root = h('div', { class: 'page' });
  readonly #app: App;
  #run: number | undefined;
  #key: string | undefined;

  constructor(app: App) {
    this.#app = app;
  }

  title({ view }: State): string {
    return view?.added ? `Stored object +${view.added}` : 'Stored object';
  }

  update({ view }: State): void {
    if (!view || view.run === this.#run) return;
    this.#run = view.run;
    const keys = view.objects.map(({ key }) => key);
    if (this.#key === undefined || !keys.includes(this.#key)) this.#key = keys[0];
    if (this.#key === undefined) fill(this.root, h('p', { class: 'dim' }, 'Nothing was applied.'));
    else this.#app.log(this.#ask(view.run, this.#key, keys));
  }

  async #ask(run: number, object: string, keys: readonly string[]): Promise<void> {
    const view = await this.#app.host.ask('applyscope/stored', { run, object });
    if (run === this.#run && object === this.#key) this.#show(view, keys);
  }

  #show({ key, lines, added, stored }: StoredView, keys: readonly string[]): void {
    const choose = (object: string) => {
      this.#key = object;
      if (this.#run !== undefined) this.#app.log(this.#ask(this.#run, object, keys));
    };
    const choices = keys.map((one) => ({ value: one, label: one }));
    fill(
      this.root,
      h(
        'div',
        { class: 'page-head' },
        choices.length > 1 ? dropdown('Object', choices, key, choose) : h('strong', {}, key),
        h('span', { class: 'dim' }, saying(stored, added)),
      ),
      h(
        'div',
        {
          class: 'code',
          tabindex: '0',
          role: 'group',
          'aria-label': stored === 'nothing' ? `Sent ${key}` : `Stored ${key}`,
        },
        ...lines.map(lineOf),
      ),
    );
  }
}

function saying(stored: StoredView['stored'], added: number): string {
  if (stored === 'nothing') return 'Nothing of it is stored. This is what was sent.';
  if (stored === 'before') return 'This apply wrote nothing: it is as it was before.';
  const fields = added === 1 ? '1 field was' : `${added} fields were`;
  return added ? `${fields} added on the way into etcd` : 'stored as it stands in the file';
}

function lineOf({ text, state, by }: StoredLine): HTMLElement {
  const says = state === 'same' ? {} : { role: 'img', 'aria-label': state };
  return h(
    'div',
    { class: `line ${state}` },
    h('span', { class: 'sign', ...says }, signs[state]),
    h('span', { class: 'text' }, text),
    by !== undefined && h('span', { class: 'by' }, by),
  );
}
