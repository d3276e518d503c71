// Lends the workspace's files to the language server: only the editor can reach those of a virtual workspace.
import { FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ClientRequests } from '../protocol/settings.ts';

const manifest = /\.(ya?ml|json)$/;
/** Folders nobody means. */
const skipped = new Set(['node_modules', '.git']);

export function lendFiles(client: BaseLanguageClient): void {
  const answer = <M extends keyof ClientRequests>(
    method: M,
    handler: (params: ClientRequests[M]['params']) => Promise<ClientRequests[M]['result']>,
  ) => client.onRequest(method, handler);
  answer('applyscope/readFile', ({ uri }) => readText(Uri.parse(uri)));
  answer('applyscope/listFiles', ({ uri, recursive }) => listManifests(Uri.parse(uri), recursive));
}

/** The text of a file; null if it is not there or no UTF-8. */
async function readText(uri: Uri): Promise<string | null> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

/** The manifests of a folder, by their names; empty if there is no such folder. */
export async function listManifests(folder: Uri, recursive: boolean): Promise<string[]> {
  const found: string[] = [];
  await collect(folder, recursive, found);
  return found;
}

async function collect(folder: Uri, recursive: boolean, into: string[]): Promise<void> {
  const entries = await workspace.fs.readDirectory(folder).then(
    (read) => read,
    () => [],
  );
  for (const [name, type] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const uri = Uri.joinPath(folder, name);
    if (type & FileType.Directory) {
      // a link to a folder may lead back up
      if (recursive && !skipped.has(name) && !(type & FileType.SymbolicLink)) await collect(uri, recursive, into);
    } else if (manifest.test(name)) into.push(uri.toString());
  }
}
