// Writes the workspace's own cluster file, from wherever its objects come.
import {
  ConfigurationTarget,
  FileSystemError,
  l10n,
  Uri,
  ViewColumn,
  window,
  workspace,
  type WorkspaceFolder,
} from 'vscode';

/** The folder whose cluster it is to be; undefined if there is none, or nobody chose one. */
export async function chooseFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length > 1) return window.showWorkspaceFolderPick();
  if (folders.length === 0)
    void window.showInformationMessage(l10n.t('Open a folder first: the cluster file is kept in it.'));
  return folders[0];
}

export const clusterFileOf = (folder: WorkspaceFolder): Uri => Uri.joinPath(folder.uri, '.applyscope', 'cluster.yaml');

/** Whether a file may be written: it is not there, or may be replaced. */
export async function mayWrite(file: Uri): Promise<boolean> {
  if (!(await exists(file))) return true;
  const replace = l10n.t('Replace');
  const name = workspace.asRelativePath(file);
  return (await window.showWarningMessage(l10n.t('{0} is there already.', name), { modal: true }, replace)) === replace;
}

export async function exists(file: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(file);
    return true;
  } catch (error) {
    if (error instanceof FileSystemError) return false;
    throw error;
  }
}

/** Writes the cluster file, shows it, and makes it the one that is used. */
export async function writeClusterFile(folder: WorkspaceFolder, content: Uint8Array): Promise<void> {
  const file = clusterFileOf(folder);
  await workspace.fs.writeFile(file, content);
  await useNearestFile(folder);
  // not in the place of the panel, if that is what one has been working in
  const viewColumn = window.activeTextEditor?.viewColumn ?? ViewColumn.One;
  await window.showTextDocument(file, { preview: false, viewColumn });
}

/** Without a setting, the nearest `.applyscope/cluster.yaml` is used. */
async function useNearestFile(folder: WorkspaceFolder): Promise<void> {
  const settings = workspace.getConfiguration('applyscope', folder);
  const { workspaceValue, workspaceFolderValue } = settings.inspect<string>('cluster') ?? {};
  if (workspaceFolderValue !== undefined) {
    await settings.update('cluster', undefined, ConfigurationTarget.WorkspaceFolder);
  }
  if (workspaceValue !== undefined) await settings.update('cluster', undefined, ConfigurationTarget.Workspace);
}
