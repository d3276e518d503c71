// The time line: from the apply to rest, with a mark for every moment at which something changed. One drags from moment to moment: most of
// them lie in the first blink, and nothing is to be seen between them.
import { duration } from '../clock.ts';
import { fill, h } from '../dom.ts';

/** More marks than these run into each other. */
const mostMarks = 120;

export class TimeLine {
  readonly root: HTMLElement;
  readonly #range = h('input', { type: 'range', min: '0', step: '1', 'aria-label': 'Moment' });
  readonly #marks = h('div', { class: 'marks', 'aria-hidden': 'true' });
  readonly #says = h('span', { class: 'moment' });
  #moments: readonly number[] = [0];
  #end = 0;

  constructor(onMove: (time: number) => void) {
    this.#range.addEventListener('input', () => {
      const time = this.#moments[Number(this.#range.value)] ?? this.#end;
      this.#say(time);
      onMove(time);
    });
    const track = h('div', { class: 'track' }, this.#range, this.#marks);
    this.root = h('div', { class: 'time-line' }, h('span', { class: 'dim' }, 'apply'), track, this.#says);
  }

  show(moments: readonly number[], end: number, time: number): void {
    this.#moments = [...new Set([0, ...moments, end])].sort((a, b) => a - b);
    this.#end = end;
    this.#range.max = String(this.#moments.length - 1);
    this.#range.value = String(this.#moments.findLastIndex((moment) => moment <= time));
    fill(this.#marks, ...(this.#moments.length <= mostMarks ? this.#moments.map(() => h('i')) : []));
    this.#say(time);
  }

  #say(time: number): void {
    const text = `${duration(time)} of ${duration(this.#end)}`;
    this.#says.textContent = text;
    this.#range.setAttribute('aria-valuetext', text);
  }
}
