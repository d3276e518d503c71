// All panels: one for each set of manifests, opened beside the editor, restored after a reload.
import { l10n, TabInputWebview, Uri, ViewColumn, window, type Disposable, type WebviewPanel } from 'vscode';
import type { RunRequest } from '../../protocol/panel.ts';
import type { PanelState } from '../../protocol/webview.ts';
import type { Services } from '../services.ts';
import { pageFolder } from './page.ts';
import { Pictures } from './pictures.ts';
import { givenMark, keyOf, Panel, titleOf } from './panel.ts';

export const panelType = 'applyscope.panel';

export class Panels implements Disposable {
  readonly #services: Services;
  readonly #open = new Set<Panel>();
  readonly #pictures = new Pictures();
  readonly #serializer: Disposable;

  constructor(services: Services) {
    this.#services = services;
    this.#serializer = window.registerWebviewPanelSerializer(panelType, {
      deserializeWebviewPanel: (panel, state) => Promise.resolve(this.#restore(panel, state)),
    });
  }

  /**
   * Shows the run of a request, at a step if one is given. A panel that is in sight turns to it, as a preview does: a page that is there draws in
   * a fraction of the time that VS Code takes for another. Who wants to keep a panel pins its tab.
   */
  show(request: RunRequest, seq?: number): void {
    performance.mark(givenMark);
    const key = keyOf(request);
    const open = [...this.#open].find((one) => one.key === key);
    if (open) return open.show(seq);
    const inSight = [...this.#open].findLast((one) => one.isVisible && !isPinned(one));
    if (inSight) return inSight.turnTo(request, seq);
    const { extensionUri } = this.#services.context;
    const panel = window.createWebviewPanel(
      panelType,
      titleOf(subjectOf(request)),
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [pageFolder(extensionUri)], enableFindWidget: true },
    );
    this.#add(panel, request).show(seq);
  }

  #add(panel: WebviewPanel, request: RunRequest, state?: PanelState): Panel {
    const added = new Panel(panel, request, this.#services, { pictures: this.#pictures, state });
    this.#open.add(added);
    panel.onDidDispose(() => this.#open.delete(added));
    return added;
  }

  #restore(panel: WebviewPanel, state: unknown): void {
    if (isPanelState(state)) this.#add(panel, state.request, state);
    else panel.dispose();
  }

  dispose(): void {
    this.#serializer.dispose();
  }
}

const isPinned = ({ title }: Panel): boolean =>
  window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(
      ({ isPinned, label, input }) =>
        isPinned && label === title && input instanceof TabInputWebview && input.viewType.endsWith(panelType),
    );

function subjectOf({ uris }: RunRequest): string {
  const [only] = uris;
  if (only === undefined || uris.length > 1) return l10n.t('{0} files', uris.length);
  return Uri.parse(only).path.replace(/\/$/, '').split('/').pop() ?? '';
}

function isPanelState(state: unknown): state is PanelState {
  const { request } = (state ?? {}) as Partial<PanelState>;
  return Array.isArray(request?.uris) && request.uris.every((uri) => typeof uri === 'string');
}
