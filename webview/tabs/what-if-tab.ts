// What if: taints off, more nodes, other numbers; every change is run at once, and can be written.
import type { WhatIf, WhatIfView } from '../../src/protocol/panel.ts';
import type { App } from '../app.ts';
import { button, checkbox, textField } from '../controls.ts';
import { fill, h, type Child } from '../dom.ts';
import type { State } from '../state.ts';
import type { Tab } from '../tab.ts';
import { changeField, changeNodes, changeTaint, isTried, nodesLike } from './what-if-changes.ts';

/** Milliseconds without another letter, after which a number is tried. */
const pause = 200;

export class WhatIfTab implements Tab {
  readonly id = 'whatIf';
  readonly root: HTMLElement;
  readonly #app: App;
  readonly #taints = h('div');
  readonly #nodes = h('div');
  readonly #fields = h('div');
  #run: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App) {
    this.#app = app;
    const group = (title: string, rows: HTMLElement) => h('fieldset', {}, h('legend', {}, title), rows);
    this.root = h(
      'div',
      { class: 'page what-if' },
      h(
        'p',
        { class: 'dim' },
        'Change something: the run, its verdict and the diagram follow at once. Nothing is written before you say so.',
      ),
      group('Taints', this.#taints),
      group('Nodes', this.#nodes),
      group('Replicas and requests', this.#fields),
    );
  }

  title({ request }: State): string {
    return isTried(request?.whatIf) ? 'What if ●' : 'What if';
  }

  update({ view }: State): void {
    if (!view || view.run === this.#run) return;
    this.#run = view.run;
    this.#app.log(this.#ask(view.run));
  }

  async #ask(run: number): Promise<void> {
    const view = await this.#app.host.ask('applyscope/whatIf', { run });
    if (run === this.#run) this.#show(view);
  }

  get #whatIf(): WhatIf {
    return this.#app.state.request?.whatIf ?? {};
  }

  /** A group that the keyboard is in stays as it is: it shows what is tried already. */
  #show({ taints, nodes, fields }: WhatIfView): void {
    const put = (group: HTMLElement, empty: string, rows: readonly Child[]) => {
      if (group.contains(document.activeElement)) return;
      fill(group, ...(rows.length ? rows : [h('p', { class: 'dim' }, empty)]));
    };
    put(
      this.#taints,
      'No node has a taint.',
      taints.map((taint) => this.#taint(taint)),
    );
    put(
      this.#nodes,
      'There are no nodes.',
      nodes.map((node) => this.#node(node)),
    );
    put(
      this.#fields,
      'Nothing that is applied has replicas or containers.',
      fields.map((field) => this.#field(field)),
    );
  }

  #taint({ node, taint, on }: WhatIfView['taints'][number]): HTMLElement {
    return checkbox(`${node}: ${taint}`, on, (isOn) => this.#app.try(changeTaint(this.#whatIf, node, taint, isOn)));
  }

  #node({ name, detail }: WhatIfView['nodes'][number]): HTMLElement {
    const count = h('span', { class: 'count', role: 'status' });
    const less = button('−', () => add(-1), 'secondary', `Remove a node like ${name}`);
    const say = () => {
      const added = nodesLike(this.#whatIf, name);
      count.textContent = added ? `+${added}` : '';
      less.hidden = added === 0;
    };
    const add = (by: number) => {
      this.#app.try(changeNodes(this.#whatIf, name, nodesLike(this.#whatIf, name) + by));
      say();
    };
    say();
    return h(
      'div',
      { class: 'node' },
      h('span', {}, name, h('span', { class: 'dim' }, ` ${detail}`)),
      button('+ one like it', () => add(1), 'secondary', `Add a node like ${name}`),
      less,
      count,
    );
  }

  #field({ object, path, label, value }: WhatIfView['fields'][number]): HTMLElement {
    return textField(label, String(value), (text) => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#app.try(changeField(this.#whatIf, object, path, text)), pause);
    });
  }
}
