// The fixes, each a promise that a re-run has kept: what it changes, where, and what happens then.
import type { FixView } from '../../src/protocol/panel.ts';
import type { App } from '../app.ts';
import { button } from '../controls.ts';
import { fill, h, symbol } from '../dom.ts';

export class FixList {
  readonly root = h('section', { class: 'fixes', 'aria-label': 'Fixes' });
  readonly #app: App;
  #shown: readonly FixView[] | undefined;

  constructor(app: App) {
    this.#app = app;
  }

  update(): void {
    const { fixes } = this.#app;
    if (fixes === this.#shown) return;
    this.#shown = fixes;
    fill(this.root, ...fixes.map((fix) => this.#fix(fix)));
  }

  #fix({ title, outcome, detail, command, edits, whatIf }: FixView): HTMLElement {
    const { host } = this.#app;
    const proof = edits ? [symbol('✓', 'proven', 'good'), ' proven'] : [symbol('○', 'advice'), ' cluster'];
    return h(
      'article',
      { class: 'fix' },
      h('span', { class: 'proof' }, ...proof),
      h(
        'p',
        {},
        h('strong', {}, ...wordsOf(title)),
        command !== undefined && h('code', {}, command),
        ` → ${outcome}. `,
        h('span', { class: 'dim' }, detail),
      ),
      h(
        'span',
        { class: 'actions' },
        edits && button('Apply', () => host.post({ type: 'apply', edits }), 'primary', `Apply: ${title}`),
        command !== undefined && button('Copy', () => host.post({ type: 'copy', text: command })),
        whatIf && button('Show the run', () => this.#app.showTried(whatIf), 'secondary', `Show the run: ${title}`),
      ),
    );
  }
}

/** Each word as an element: lines are broken between them. */
const wordsOf = (text: string) => text.split(' ').flatMap((word) => [h('span', { class: 'word' }, word), ' ']);
