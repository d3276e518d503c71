// Why not there: nodes × filter plugins, the first refusal as the scheduler saw it, the hidden ones, scores and the winner.
import type { NodesView } from '../../src/protocol/panel.ts';
import type { App } from '../app.ts';
import { dropdown } from '../controls.ts';
import { fill, h, symbol } from '../dom.ts';
import type { State } from '../state.ts';
import type { Tab } from '../tab.ts';
import { FixList } from './fix-list.ts';
import { nodesTable } from './nodes-table.ts';

export class NodesTab implements Tab {
  readonly id = 'nodes';
  readonly root = h('div', { class: 'page' });
  readonly #app: App;
  readonly #content = h('div', { class: 'nodes' });
  readonly #fixes: FixList;
  #run: number | undefined;
  #pod: string | undefined;

  constructor(app: App) {
    this.#app = app;
    this.#fixes = new FixList(app);
    this.root.append(this.#content, this.#fixes.root);
  }

  title(): string {
    return 'Nodes';
  }

  update({ view }: State): void {
    this.#fixes.update();
    if (!view || view.run === this.#run) return;
    this.#run = view.run;
    this.#app.log(this.#ask(view.run));
  }

  async #ask(run: number): Promise<void> {
    const pod = this.#pod;
    const view = await this.#app.host.ask('applyscope/nodes', { run, ...(pod !== undefined && { pod }) });
    if (run === this.#run && pod === this.#pod) this.#show(view, run);
  }

  #show(view: NodesView, run: number): void {
    const pods = view.pods.map(({ key, says }) => ({ value: key, label: `${key.replace('Pod ', '')}: ${says}` }));
    if (pods.length === 0) {
      fill(this.#content, h('p', { class: 'dim' }, 'No Pod of this apply came to the scheduler.'));
      return;
    }
    const choose = (pod: string) => {
      this.#pod = pod;
      this.#app.log(this.#ask(run));
    };
    fill(
      this.#content,
      h(
        'div',
        { class: 'page-head' },
        pods.length > 1 ? dropdown('Pod', pods, view.pod ?? '', choose) : h('strong', {}, pods[0]?.label ?? ''),
      ),
      view.replicas && h('p', {}, replicasText(view.replicas)),
      view.message !== undefined && h('p', { class: 'verbatim' }, view.message),
      ...view.unknown.map((reason) => h('p', {}, symbol('?', 'unknown', 'open'), ` ${reason}`)),
      nodesTable(view, (place) => this.#app.host.post({ type: 'reveal', place })),
      h(
        'p',
        { class: 'legend dim' },
        h('span', { class: 'bad' }, '✗ first'),
        ' is what the scheduler reports · ',
        h('span', { class: 'warn' }, '✗ hidden'),
        ' would come next once the first is solved · click a cell to open the field',
      ),
    );
  }
}

/** `Deployment web: 2 of 10 Pods have a node`. */
const replicasText = ({ of, placed, all }: NonNullable<NodesView['replicas']>) =>
  placed === all ? `${of}: all ${all} Pods have a node` : `${of}: ${placed} of ${all} Pods have a node`;
