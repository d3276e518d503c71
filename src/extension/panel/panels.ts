// All panels: one for each set of manifests, opened beside the editor, restored after a reload.
import { l10n, Uri, ViewColumn, window, type Disposable, type WebviewPanel } from 'vscode';
import type { RunRequest } from '../../protocol/panel.ts';
import type { PanelState } from '../../protocol/webview.ts';
import type { Services } from '../services.ts';
import { pageFolder } from './page.ts';
import { Pictures } from './pictures.ts';
import { keyOf, Panel, titleOf } from './panel.ts';

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

  /** Shows the run of a request, at a step if one is given. */
  show(request: RunRequest, seq?: number): void {
    const key = keyOf(request);
    const open = [...this.#open].find((one) => one.key === key);
    if (open) return open.show(seq);
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

function subjectOf({ uris }: RunRequest): string {
  const [only] = uris;
  if (only === undefined || uris.length > 1) return l10n.t('{0} files', uris.length);
  return Uri.parse(only).path.replace(/\/$/, '').split('/').pop() ?? '';
}

function isPanelState(state: unknown): state is PanelState {
  const { request } = (state ?? {}) as Partial<PanelState>;
  return Array.isArray(request?.uris) && request.uris.every((uri) => typeof uri === 'string');
}
