// The steps as a list, in the order of the picture: its text alternative, and the way through it by keyboard.
import type { StepView, StoryView } from '../../src/protocol/panel.ts';
import { duration } from '../clock.ts';
import { fill, followWidth, h, symbol } from '../dom.ts';

const results = {
  ok: ['✓', 'went well', 'good'],
  failed: ['✗', 'failed', 'bad'],
  unknown: ['?', 'unknown', 'open'],
} as const;

/** `moved` to by arrow keys, or `chosen` by a click or Enter. */
export type Selected = (seq: number, how: 'moved' | 'chosen') => void;

export class StepList {
  readonly root: HTMLElement;
  readonly #onSelect: Selected;
  #rows: { readonly seq: number; readonly row: HTMLElement }[] = [];
  #seq: number | undefined;

  constructor(onSelect: Selected) {
    this.#onSelect = onSelect;
    this.root = h('div', { class: 'steps', role: 'listbox', tabindex: '0', 'aria-label': 'Steps' });
    this.root.addEventListener('keydown', (event) => this.#key(event));
    this.root.addEventListener('click', ({ target }) => {
      const seq = (target as Element).closest<HTMLElement>('[data-seq]')?.dataset.seq;
      if (seq !== undefined) onSelect(Number(seq), 'chosen');
    });
    followWidth(this.root, () => this.select(this.#seq));
  }

  show({ phases, unreached }: StoryView): void {
    this.#rows = [];
    let number = 0;
    const groups = phases.map(({ title, steps }) => {
      const rows = steps.map((step) => {
        const row = rowOf(step, step.form === 'note' ? undefined : ++number);
        this.#rows.push({ seq: step.seq, row });
        return row;
      });
      const [name = '', more] = title.split(/: (.*)/);
      const head = h(
        'div',
        { class: 'phase', 'aria-hidden': 'true' },
        h('span', {}, h('strong', {}, name), more !== undefined && h('span', { class: 'dim' }, ` ${more}`)),
        h('span', { class: 'dim' }, spanOf(steps)),
      );
      return h('div', { role: 'group', 'aria-label': title }, head, ...rows);
    });
    const never = h('div', { class: 'never', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' });
    never.textContent = `✗ Never reached: ${unreached.join(', ')}`;
    fill(this.root, ...groups, unreached.length > 0 && never);
    this.select(this.#seq);
  }

  select(seq: number | undefined): void {
    this.#seq = seq;
    this.root.removeAttribute('aria-activedescendant');
    for (const { seq: own, row } of this.#rows) {
      const isSelected = own === seq;
      row.setAttribute('aria-selected', String(isSelected));
      if (!isSelected) continue;
      this.root.setAttribute('aria-activedescendant', row.id);
      row.scrollIntoView({ block: 'nearest' });
    }
  }

  #key(event: KeyboardEvent): void {
    const at = this.#rows.findIndex(({ seq }) => seq === this.#seq);
    const last = this.#rows.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(last, at + 1),
      ArrowUp: Math.max(0, at - 1),
      PageDown: Math.min(last, at + 10),
      PageUp: Math.max(0, at - 10),
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (to === undefined && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    const row = this.#rows[to ?? at];
    if (row) this.#onSelect(row.seq, to === undefined ? 'chosen' : 'moved');
  }
}

function rowOf({ seq, time, from, to, form, text, result, count }: StepView, number: number | undefined): HTMLElement {
  const [sign, says, style] = results[result];
  const route = form === 'note' || from === to ? from : `${from} → ${to}`;
  return h(
    'div',
    { class: `step ${form} ${result}`, role: 'option', id: `step-${seq}`, 'data-seq': seq, 'aria-selected': 'false' },
    h('span', { class: 'number' }, number === undefined ? '' : String(number)),
    h('span', { class: 'time' }, duration(time)),
    h(
      'span',
      { class: 'what' },
      h('span', { class: 'route' }, `${route}:`),
      h('span', { class: 'text' }, ` ${text}`),
      count > 1 && h('span', { class: 'dim' }, ` ×${count}`),
    ),
    symbol(sign, says, style),
  );
}

function spanOf(steps: readonly StepView[]): string {
  const times = steps.map(({ time }) => time);
  const [from, to] = [duration(Math.min(...times)), duration(Math.max(...times))];
  return from === to ? from : `${from} – ${to}`;
}
