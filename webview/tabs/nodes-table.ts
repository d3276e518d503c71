// The matrix itself.
import type { NodeCell, NodeRow, NodesView, Place } from '../../src/protocol/panel.ts';
import { h, symbol } from '../dom.ts';

/** What a plugin looks at, for those who do not know its name. */
const looksAt: Readonly<Record<string, string>> = {
  NodeUnschedulable: 'cordoned?',
  NodeName: 'spec.nodeName',
  TaintToleration: 'taints',
  NodeAffinity: 'labels of the node',
  NodePorts: 'host ports',
  NodeResourcesFit: 'cpu, memory, …',
  VolumeRestrictions: 'volumes in use',
  NodeVolumeLimits: 'number of volumes',
  VolumeBinding: 'volumes',
  VolumeZone: 'zones of volumes',
  PodTopologySpread: 'spreading',
  InterPodAffinity: 'other Pods',
  DynamicResources: 'devices',
  NodeDeclaredFeatures: 'features',
};

/** Pods that are drawn for a node; more are only counted. */
const mostDrawn = 12;

type Open = (place: Place) => void;

/** `open` is told of clicks on nodes and on cells that lead somewhere. */
export function nodesTable({ plugins, rows, scorers }: NodesView, open: Open): HTMLElement {
  const isScored = rows.some(({ scores }) => scores);
  const column = (name: string, more: string | undefined, style = '') =>
    h('th', { scope: 'col', class: style }, name, h('span', { class: 'dim' }, more));
  // where there is little room, each node is a card that names only what refuses it
  const passed = plugins.filter((_, at) => rows.every(({ cells }) => cells[at]?.state === 'ok'));
  const styles = plugins.map((plugin) => (passed.includes(plugin) ? 'all-pass' : ''));
  const head = h(
    'tr',
    {},
    h('th', { scope: 'col' }, 'Node'),
    h('th', { scope: 'col' }, 'Verdict'),
    ...plugins.map((plugin, at) => column(plugin, looksAt[plugin], styles[at])),
    isScored && column('Score', 'of those that fit'),
  );
  const body = rows.map((row) => rowOf(row, plugins, styles, isScored ? scorers : undefined, open));
  const table = h('table', {}, h('thead', {}, head), h('tbody', {}, ...body));
  return h(
    'div',
    { class: 'table', tabindex: '0', role: 'group', 'aria-label': 'Nodes, and what refuses them' },
    table,
  );
}

function rowOf(
  row: NodeRow,
  plugins: readonly string[],
  styles: readonly string[],
  scorers: NodesView['scorers'] | undefined,
  open: Open,
): HTMLElement {
  const { node, detail, replicas, place, cells, scores, total, chosen, best, says } = row;
  const name = place
    ? h(
        'button',
        { class: 'link', type: 'button', onclick: () => open(place), title: 'Open in the cluster file' },
        node,
      )
    : node;
  const mark = chosen ? symbol('★', 'chosen', 'good') : best ? symbol('☆', 'as good') : undefined;
  return h(
    'tr',
    { class: chosen ? 'chosen' : '' },
    h('th', { scope: 'row' }, name, h('span', { class: 'dim' }, detail), replicas !== undefined && spreadOf(replicas)),
    h('td', { class: 'says' }, mark, mark && ' ', says),
    ...cells.map((cell, at) => {
      const shown = cellOf(cell, open);
      shown.dataset['column'] = plugins[at];
      if (styles[at]) shown.classList.add(styles[at]);
      return shown;
    }),
    scorers && scoreOf(scores, total, scorers),
  );
}

/** A workload's Pods that are on a node. */
function spreadOf(count: number): HTMLElement {
  const drawn = count > mostDrawn ? `${'■'.repeat(mostDrawn)}…` : '■'.repeat(count);
  const text = `${count} of these Pods`;
  return h('span', { class: 'replicas' }, h('span', { class: 'squares', 'aria-hidden': 'true' }, drawn), text);
}

/** The total, and what it is the sum of. */
function scoreOf(scores: NodeRow['scores'], total: number | undefined, scorers: NodesView['scorers']): HTMLElement {
  if (total === undefined) return h('td', { class: 'dim quiet' }, '–');
  const parts = scorers.flatMap(({ plugin, weight }, at) => {
    const score = scores?.[at] ?? 0;
    return score
      ? [h('span', { class: 'sum dim' }, `${plugin} ${score}${weight > 1 ? ` (weight ${weight})` : ''}`)]
      : [];
  });
  return h('td', { 'data-column': 'Score' }, h('strong', {}, String(total)), ...parts);
}

function cellOf({ state, reasons, detail, place }: NodeCell, open: Open): HTMLElement {
  if (state === 'ok') return h('td', { class: 'quiet' }, symbol('✓', 'passes', 'good'));
  if (state === 'skipped') return h('td', { class: 'dim quiet' }, symbol('–', 'not asked'));
  const says = state === 'first' ? h('strong', { class: 'bad' }, '✗ first') : h('span', { class: 'warn' }, '✗ hidden');
  const title = reasons.join(', ');
  const parts = [says, h('span', { class: 'reason' }, detail ?? title)];
  if (!place) return h('td', { title }, ...parts);
  return h('td', { title }, h('button', { class: 'cell', type: 'button', onclick: () => open(place) }, ...parts));
}
