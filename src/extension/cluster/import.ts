// The command that makes the cluster file from a real cluster. Loaded on the desktop only.
import { l10n, ProgressLocation, window, workspace, type CancellationToken, type LogOutputChannel } from 'vscode';
import { chooseFolder, clusterFileOf, mayWrite, writeClusterFile } from './cluster-file.ts';
import { contextsOf, importableKinds, readObjects, type Kubectl } from './kubectl.ts';

export async function importCluster(log: LogOutputChannel): Promise<void> {
  // menus hide the command there; a keybinding may still name it
  if (!workspace.isTrusted) return;
  const folder = await chooseFolder();
  if (!folder) return;
  try {
    const context = await chooseContext();
    const resources = context === undefined ? undefined : await chooseKinds(context);
    if (context === undefined || !resources?.length || !(await mayWrite(clusterFileOf(folder)))) return;
    const title = l10n.t('Reading {0} with kubectl', context);
    const objects = await withKubectl(title, (kubectl) => readObjects(kubectl, context, resources));
    if (objects === undefined) return;
    await writeClusterFile(folder, new TextEncoder().encode(heading(context, resources) + objects));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log.error(`kubectl: ${message}`);
    void window.showErrorMessage(l10n.t('The cluster could not be imported: {0}', message));
  }
}

async function chooseContext(): Promise<string | undefined> {
  const contexts = await withKubectl(l10n.t('Asking kubectl for its contexts'), contextsOf);
  if (contexts?.length === 0) throw new Error(l10n.t('kubectl knows no cluster (no contexts in its configuration)'));
  if (!contexts || contexts.length === 1) return contexts?.[0];
  return window.showQuickPick(contexts, { title: l10n.t('Import from which cluster?') });
}

async function chooseKinds(context: string): Promise<string[] | undefined> {
  const items = importableKinds.map(({ resource, picked }) => ({ label: resource, picked }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('What to import from {0}', context),
    placeHolder: l10n.t('Secrets are never read. What kubectl prints is kept in .applyscope/cluster.yaml.'),
    canPickMany: true,
  });
  return chosen?.map(({ label }) => label);
}

/** Runs kubectl with a progress that can be cancelled; undefined if it was. */
async function withKubectl<T>(title: string, work: (kubectl: Kubectl) => Promise<T>): Promise<T | undefined> {
  const program = workspace.getConfiguration('applyscope').get<string>('kubectl.path') || 'kubectl';
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) =>
    untilCancelled(token, (signal) => work({ program, signal })),
  );
}

async function untilCancelled<T>(
  token: CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const abort = new AbortController();
  const subscription = token.onCancellationRequested(() => abort.abort());
  try {
    return await work(abort.signal);
  } catch (error) {
    if (token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    subscription.dispose();
  }
}

const heading = (context: string, resources: readonly string[]) =>
  `# What "kubectl get ${resources.join(',')} -A -o yaml" printed for the context ${context.replace(/\s/g, ' ')}.
# Secrets are left out. Applyscope simulates applies on this cluster; edits count at once.
`;
