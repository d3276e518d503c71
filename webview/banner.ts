// The verdict first, in one sentence; the component's own words second; in plain words third.
import type { Banner, Verdict } from '../src/protocol/panel.ts';
import type { App } from './app.ts';
import { button } from './controls.ts';
import { fill, h, symbol } from './dom.ts';
import type { State } from './state.ts';
import { isTried } from './tabs/what-if-changes.ts';

const verdicts: Readonly<Record<Verdict, readonly [sign: string, says: string, style: string]>> = {
  running: ['✓', 'runs', 'good'],
  pending: ['◔', 'pending', 'warn'],
  refused: ['✕', 'refused', 'bad'],
  failing: ['✕', 'fails', 'bad'],
  unknown: ['?', 'unknown', 'open'],
};

export class BannerView {
  readonly root: HTMLElement;
  readonly #app: App;
  readonly #sign = h('div', { class: 'verdict' });
  readonly #words = h('div', { class: 'words', role: 'status' });
  readonly #tried = h('div', { class: 'tried' });
  #shown: Partial<State> = {};

  constructor(app: App, tools: HTMLElement) {
    this.#app = app;
    const head = h('div', { class: 'banner-head' }, this.#sign, this.#words, tools);
    this.root = h('header', { class: 'banner' }, head, this.#tried);
  }

  update(state: State): void {
    const { view, busy, problem, request } = state;
    const { view: before, busy: was, problem: had } = this.#shown;
    this.root.classList.toggle('busy', busy !== undefined);
    if (view === before && busy === was && problem === had) return;
    this.#shown = state;
    if (problem !== undefined) this.#say('✕', 'problem', 'bad', h('h1', {}, problem));
    else if (view) this.#show(view.banner);
    else this.#say('…', 'working', '', h('h1', {}, `${busy ?? 'Simulating'} …`));
    fill(this.#tried, ...(isTried(request?.whatIf) ? this.#triedTools() : []));
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
    const { verdict, headline, message, explanation, place, cluster, assumed, clusterDetail } = banner;
    const { host } = this.#app;
    const choose = () => host.post({ type: 'chooseCluster' });
    const words = [h('h1', {}, headline)];
    if (message !== undefined) words.push(h('p', { class: 'verbatim', title: message }, message));
    const line = h('p', { class: 'dim' });
    if (explanation !== undefined) line.append(h('span', { class: 'plain' }, explanation), ' ');
    if (place) {
      const reveal = () => host.post({ type: 'reveal', place });
      line.append(
        h('button', { class: 'link', type: 'button', onclick: reveal }, `line ${place.range.start.line + 1}`),
        ' · ',
      );
    }
    line.append(
      'cluster ',
      h('button', { class: 'link', type: 'button', onclick: choose, title: 'Choose another cluster' }, cluster),
      ` (${assumed ? 'assumed, ' : ''}${clusterDetail})`,
    );
    this.#say(...verdicts[verdict], ...words, line);
  }
}
