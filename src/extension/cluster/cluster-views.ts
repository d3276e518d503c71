// The cluster of the manifest that is worked on, as the status item of the language and as a tree of nodes.
import {
  EventEmitter,
  l10n,
  languages,
  LanguageStatusSeverity,
  Range,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  type Disposable,
  type Event,
  type LanguageStatusItem,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import type { ClusterNode, ClusterView } from '../../protocol/requests.ts';
import type { Services } from '../services.ts';

export class ClusterViews implements Disposable {
  readonly #services: Services;
  readonly #status: LanguageStatusItem;
  readonly #tree = new ClusterTree();
  readonly #view: TreeView<ClusterEntry>;
  readonly #subscriptions: Disposable[];
  #work: 'none' | 'asking' | 'again' = 'none';

  constructor(services: Services) {
    this.#services = services;
    this.#status = languages.createLanguageStatusItem('applyscope.cluster', { language: 'yaml' });
    this.#status.name = l10n.t('Applyscope: Cluster');
    this.#status.command = { command: 'applyscope.chooseCluster', title: l10n.t('Choose cluster') };
    this.#status.text = '$(telescope)';
    this.#view = window.createTreeView('applyscope.cluster', { treeDataProvider: this.#tree, showCollapseAll: true });
    this.#subscriptions = [
      this.#status,
      this.#view,
      services.active.onDidChange(() => void this.#refresh()),
      services.server.onDidChangeRuns(() => void this.#refresh()),
      // its Pods are those of the last run
      services.server.onDidSimulate(() => void this.#refresh()),
    ];
    if (services.active.uri) void this.#refresh();
  }

  /** One question at a time; what changes meanwhile is answered by one more. */
  async #refresh(): Promise<void> {
    if (this.#work !== 'none') {
      this.#work = 'again';
      return;
    }
    this.#status.busy = true;
    do {
      this.#work = 'asking';
      await this.#ask();
    } while (this.#isAskedAgain());
    this.#work = 'none';
    this.#status.busy = false;
  }

  #isAskedAgain = (): boolean => this.#work === 'again';

  async #ask(): Promise<void> {
    const { active, server, log } = this.#services;
    try {
      this.#show(await server.request('applyscope/cluster', active.uri ? { uri: active.uri.toString() } : {}));
    } catch (error) {
      log.error(`applyscope/cluster: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #show(view: ClusterView): void {
    const { name, assumed, problem, nodes } = view;
    const count = nodes.length === 1 ? l10n.t('1 node') : l10n.t('{0} nodes', nodes.length);
    this.#status.text = `$(telescope) ${assumed ? l10n.t('{0} (assumed)', name) : name}`;
    this.#status.detail = problem ?? count;
    this.#status.severity = problem === undefined ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Warning;
    this.#view.description = assumed ? l10n.t('{0} (assumed)', name) : name;
    this.#view.message = problem;
    this.#tree.show(nodes);
  }

  dispose(): void {
    for (const one of this.#subscriptions) one.dispose();
  }
}

/** A node, or a line about one. */
type ClusterEntry = ClusterNode | { readonly label: string; readonly icon: string; readonly tooltip: string };

class ClusterTree implements TreeDataProvider<ClusterEntry> {
  readonly #changed = new EventEmitter<void>();
  #nodes: readonly ClusterNode[] = [];

  get onDidChangeTreeData(): Event<void> {
    return this.#changed.event;
  }

  show(nodes: readonly ClusterNode[]): void {
    this.#nodes = nodes;
    this.#changed.fire();
  }

  getChildren(entry?: ClusterEntry): ClusterEntry[] {
    if (!entry) return [...this.#nodes];
    if (!('name' in entry)) return [];
    return [
      ...entry.taints.map((label) => ({ label, icon: 'circle-slash', tooltip: l10n.t('Taint {0}', label) })),
      ...entry.free.map((label) => ({ label, icon: 'pulse', tooltip: l10n.t('Free for Pods: {0}', label) })),
      ...entry.pods.map((label) => ({ label, icon: 'package', tooltip: l10n.t('Pod {0} runs here', label) })),
    ];
  }

  getTreeItem(entry: ClusterEntry): TreeItem {
    return 'name' in entry ? nodeItem(entry) : lineItem(entry);
  }
}

function nodeItem({ name, taints, pods, place }: ClusterNode): TreeItem {
  const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
  item.id = name;
  item.iconPath = new ThemeIcon('server');
  item.description = [
    ...(taints.length > 2 ? [l10n.t('{0} taints', taints.length)] : taints),
    ...(pods.length === 1 ? [l10n.t('1 Pod')] : pods.length > 1 ? [l10n.t('{0} Pods', pods.length)] : []),
  ].join(' · ');
  if (place) {
    const selection = new Range(place.line, 0, place.line, 0);
    item.command = {
      command: 'vscode.open',
      title: l10n.t('Go to the Node'),
      arguments: [Uri.parse(place.uri), { selection }],
    };
  }
  return item;
}

function lineItem({ label, icon, tooltip }: Exclude<ClusterEntry, ClusterNode>): TreeItem {
  const item = new TreeItem(label);
  item.iconPath = new ThemeIcon(icon);
  item.tooltip = tooltip;
  // an icon says nothing to who cannot see it
  item.accessibilityInformation = { label: tooltip };
  return item;
}
