// The command "Simulate apply", wherever it is given: palette, menus, a lens, a link in a hover.
import { commands, l10n, window, type Disposable, type Uri } from 'vscode';
import { simulateCommand } from '../protocol/commands.ts';
import type { RunRequest } from '../protocol/panel.ts';
import type { Panels } from './panel/panels.ts';
import type { Services } from './services.ts';

export function registerSimulate(panels: Panels, { active }: Services): Disposable {
  return commands.registerCommand(simulateCommand, (target?: Uri | RunRequest, more?: Uri[] | number) => {
    if (isRequest(target)) return panels.show(target, typeof more === 'number' ? more : undefined);
    // a menu hands over what was clicked, and all that is selected
    const selected = Array.isArray(more) && more.length > 0 ? more : [target ?? activeManifest(active.uri)];
    const uris = selected.filter((uri) => uri !== undefined).map((uri) => uri.toString());
    if (uris.length > 0) return panels.show({ uris });
    void window.showInformationMessage(
      l10n.t('Open a Kubernetes manifest first: a YAML file with apiVersion and kind.'),
    );
  });
}

const isRequest = (target: unknown): target is RunRequest =>
  typeof target === 'object' && target !== null && Array.isArray((target as RunRequest).uris);

/** What the active editor shows; where that is no text, the manifest that was worked on last. */
const activeManifest = (last: Uri | undefined) => window.activeTextEditor?.document.uri ?? last;
