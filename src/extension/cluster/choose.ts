// The commands that say which cluster a run starts from.
import type { Uri } from 'vscode';
import {
  commands,
  ConfigurationTarget,
  l10n,
  QuickPickItemKind,
  window,
  workspace,
  type Disposable,
  type QuickPickItem,
} from 'vscode';
import type { Services } from '../services.ts';
import { chooseFolder, clusterFileOf, mayWrite, writeClusterFile } from './cluster-file.ts';
import { presetFile, presets } from './presets.ts';

interface ClusterItem extends QuickPickItem {
  /** The setting's value. */
  readonly value?: string;
  readonly command?: 'applyscope.createCluster' | 'applyscope.importCluster' | 'chooseFile';
}

export function registerClusterCommands(services: Services, canImport: boolean): Disposable[] {
  return [
    commands.registerCommand('applyscope.chooseCluster', () => chooseCluster(services, canImport)),
    commands.registerCommand('applyscope.createCluster', () => createCluster(services)),
  ];
}

async function chooseCluster({ active }: Services, canImport: boolean): Promise<void> {
  const settings = workspace.getConfiguration('applyscope', active.uri);
  const current = settings.get<string>('cluster', '');
  const items = await clusterItems(current, canImport);
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('The cluster that manifests are applied to'),
    placeHolder: l10n.t('Now: {0}', current || l10n.t('the nearest .applyscope/cluster.yaml, else tutorial')),
    matchOnDescription: true,
  });
  if (chosen?.command === 'chooseFile') await chooseFile(active.uri);
  else if (chosen?.command) await commands.executeCommand(chosen.command);
  else if (chosen?.value !== undefined) await setCluster(chosen.value, active.uri);
}

async function clusterItems(current: string, canImport: boolean): Promise<ClusterItem[]> {
  const found = await workspace.findFiles('**/.applyscope/*.{yaml,yml}', '**/node_modules/**', 50);
  const files = found
    .map((uri) => workspace.asRelativePath(uri, false))
    .filter((name) => !/\/images\.ya?ml$/.test(name))
    .sort();
  const item = (label: string, rest: Omit<ClusterItem, 'label'>): ClusterItem => ({
    label: rest.value === current ? `$(check) ${label}` : label,
    ...rest,
  });
  const separator = (label: string): ClusterItem => ({ label, kind: QuickPickItemKind.Separator });
  return [
    item(l10n.t('Nearest cluster file'), {
      value: '',
      description: l10n.t('.applyscope/cluster.yaml above the manifest, else tutorial'),
    }),
    ...files.map((name) => item(name, { value: name })),
    separator(l10n.t('Presets')),
    ...presets().map(({ name, description }) => item(name, { value: name, description })),
    separator(l10n.t('Others')),
    item(l10n.t('Choose a file or folder…'), { command: 'chooseFile' }),
    item(l10n.t('Create a cluster file from a preset…'), { command: 'applyscope.createCluster' }),
    ...(canImport && workspace.isTrusted
      ? [item(l10n.t('Import from kubectl…'), { command: 'applyscope.importCluster' })]
      : []),
  ];
}

async function chooseFile(manifest: Uri | undefined): Promise<void> {
  const [chosen] =
    (await window.showOpenDialog({
      title: l10n.t('Objects as "kubectl get nodes -o yaml" prints them'),
      canSelectFolders: true,
      canSelectFiles: true,
      filters: { YAML: ['yaml', 'yml', 'json'] },
    })) ?? [];
  if (!chosen) return;
  const folder = workspace.getWorkspaceFolder(chosen);
  await setCluster(folder ? workspace.asRelativePath(chosen, false) : chosen.fsPath, manifest);
}

/** Sets it where it is set already, else for the workspace, else for the user. */
async function setCluster(value: string, manifest: Uri | undefined): Promise<void> {
  const settings = workspace.getConfiguration('applyscope', manifest);
  const target =
    settings.inspect('cluster')?.workspaceFolderValue !== undefined
      ? ConfigurationTarget.WorkspaceFolder
      : workspace.workspaceFolders
        ? ConfigurationTarget.Workspace
        : ConfigurationTarget.Global;
  await settings.update('cluster', value || undefined, target);
}

async function createCluster({ context }: Services): Promise<void> {
  const folder = await chooseFolder();
  if (!folder) return;
  const items = presets().map(({ name, description }) => ({ label: name, description }));
  const chosen = await window.showQuickPick(items, { title: l10n.t('Create a cluster file from a preset') });
  if (!chosen || !(await mayWrite(clusterFileOf(folder)))) return;
  await writeClusterFile(folder, await workspace.fs.readFile(presetFile(context.extensionUri, chosen.label)));
}
