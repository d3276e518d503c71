// The selected step in full: what this component is, why it acts now, what it sent and got, what brought it about and what came of it.
import type { Place, Section, StepDetail, StepLink } from '../../src/protocol/panel.ts';
import { button } from '../controls.ts';
import { fill, h } from '../dom.ts';

export interface StepActions {
  select(seq: number): void;
  reveal(place: Place): void;
}

export class StepPane {
  readonly root = h('section', { class: 'detail', 'aria-label': 'Selected step', tabindex: '0' });
  readonly #actions: StepActions;

  constructor(actions: StepActions) {
    this.#actions = actions;
    this.clear();
  }

  clear(): void {
    fill(this.root, h('p', { class: 'dim' }, 'Select a step to see what was sent, answered and decided.'));
  }

  show({ heading, teaching, sections, place, causes, effects }: StepDetail): void {
    fill(
      this.root,
      h('h2', {}, heading),
      ...teaching.split(/ (?=Why now: )/).map((text) => h('p', { class: 'teaching' }, text)),
      place &&
        h(
          'p',
          {},
          button('Show in the manifest', () => this.#actions.reveal(place)),
        ),
      ...sections.map(sectionOf),
      this.#links('Brought about by', causes),
      this.#links('What came of it', effects),
    );
    this.root.scrollTop = 0;
  }

  #links(title: string, links: readonly StepLink[]): HTMLElement | false {
    if (links.length === 0) return false;
    const items = links.map(({ seq, text }) =>
      h('li', {}, h('button', { class: 'link', type: 'button', onclick: () => this.#actions.select(seq) }, text)),
    );
    return h('section', {}, h('h3', {}, title), h('ul', { class: 'links' }, ...items));
  }
}

function sectionOf({ title, language, text }: Section): HTMLElement {
  const lines = language === 'diff' ? text.split('\n').map(diffLine) : [text];
  const block = h('pre', { class: language, tabindex: '0', role: 'group', 'aria-label': title }, ...lines);
  return h('section', {}, h('h3', {}, title), block);
}

function diffLine(line: string): HTMLElement {
  const style = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : '';
  return h('span', { class: `line ${style}` }, `${line}\n`);
}
