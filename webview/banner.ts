// The verdict first, in one sentence; the component's own words second; in plain words third.
import type { Banner, Place, Verdict } from '../src/protocol/panel.ts';
import type { App } from './app.ts';
import { button } from './controls.ts';
import { fill, h, symbol } from './dom.ts';
import type { State } from './state.ts';
import { isTried } from './tabs/what-if-changes.ts';

const verdicts: Readonly<Record<Verdict, readonly [sign: string, says: string, style: string]>> = {
  running: ['✓', 'runs', 'good'],
  pending: ['◔', 'pending', 'warn'],
  refused: ['✗', 'refused', 'bad'],
  failing: ['✗', 'fails', 'bad'],
  unknown: ['?', 'unknown', 'open'],
};

export class BannerView {
  readonly root: HTMLElement;
  readonly #app: App;
  readonly #sign = h('div', { class: 'verdict' });
  readonly #words = h('div', { class: 'words', role: 'status' });
  readonly #more = h('button', { class: 'link', type: 'button', onclick: () => this.#expand() });
  readonly #tried = h('div', { class: 'tried' });
  #shown: Partial<State> = {};

  constructor(app: App) {
    this.#app = app;
    const head = h('div', { class: 'banner-head' }, this.#sign, this.#words);
    this.root = h('header', { class: 'banner' }, head, this.#tried);
    new ResizeObserver(() => this.#offerMore()).observe(this.#words);
  }

  update(state: State): void {
    const { view, busy, problem, request } = state;
    const { view: before, busy: was, problem: had } = this.#shown;
    this.root.classList.toggle('busy', busy !== undefined);
    if (view === before && busy === was && problem === had) return;
    this.#shown = state;
    if (problem !== undefined) this.#say('✗', 'problem', 'bad', h('h1', {}, problem));
    else if (view) this.#show(view.banner);
    else this.#say('…', 'working', '', h('h1', {}, `${busy ?? 'Simulating'} …`));
    fill(this.#tried, ...(isTried(request?.whatIf) ? this.#triedTools() : []));
  }

  #expand(): void {
    this.root.classList.toggle('expanded');
    this.#offerMore();
  }

  /** Where something is cut off or listed, it can be opened. */
  #offerMore(): void {
    const isExpanded = this.root.classList.contains('expanded');
    const clamped = [...this.#words.querySelectorAll('.clamped')];
    const isCut = clamped.some(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1);
    this.#more.hidden = !isExpanded && !isCut && !this.#words.querySelector('.others');
    this.#more.textContent = isExpanded ? 'less' : 'more';
    this.#more.setAttribute('aria-expanded', String(isExpanded));
  }

  #triedTools(): (HTMLElement | string)[] {
    return [
      h('span', {}, 'This is tried, not written.'),
      button('Write this to the files', () => this.#app.log(this.#app.writeWhatIf()), 'primary'),
      button('Back to the files', () => this.#app.try({})),
    ];
  }

  #say(sign: string, says: string, style: string, ...words: HTMLElement[]): void {
    fill(this.#sign, symbol(sign, says, style));
    fill(this.#words, ...words);
  }

  #show(banner: Banner): void {
    const { verdict, headline, message, explanation, footnote, place, found, others } = banner;
    const { cluster, assumed, clusterDetail } = banner;
    const { host } = this.#app;
    const choose = () => host.post({ type: 'chooseCluster' });
    const words: HTMLElement[] = [h('h1', {}, headline)];
    if (message !== undefined) words.push(h('p', { class: 'verbatim clamped', title: message }, message));
    if (explanation !== undefined) words.push(h('p', { class: 'plain clamped', title: explanation }, explanation));
    if (footnote !== undefined) words.push(h('p', {}, footnote));
    const line = h('p', { class: 'dim' });
    if (place) line.append(this.#link(place), ' · ');
    if (found !== undefined) line.append(h('strong', {}, found), ' · ');
    line.append(
      'cluster ',
      h('button', { class: 'link', type: 'button', onclick: choose, title: 'Choose another cluster' }, cluster),
      ` (${assumed ? 'assumed, ' : ''}${clusterDetail}) `,
      this.#more,
    );
    words.push(line);
    if (others.length) words.push(this.#list(others));
    this.#say(...verdicts[verdict], ...words);
    this.#offerMore();
  }

  #link(place: Place): HTMLElement {
    const onclick = () => this.#app.host.post({ type: 'reveal', place });
    return h('button', { class: 'link', type: 'button', onclick }, `line ${place.range.start.line + 1}`);
  }

  #list(others: Banner['others']): HTMLElement {
    const items = others.map(({ severity, message, place }) =>
      h('li', {}, `${severity}: `, h('span', { class: 'verbatim' }, message), ' ', place && this.#link(place)),
    );
    return h('ul', { class: 'others' }, ...items);
  }
}
