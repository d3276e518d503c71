// Which files beside a manifest are none: kustomizations patch with them.
import { kustomizationFiles, patchLevels, patchPathsOf } from '../features/index.ts';
import type { Files } from './files.ts';
import { folderOf, joined } from './uri.ts';

/** The files that the kustomizations of a folder and of those above it patch with, up to the workspace folder. */
export async function patchesNear(folder: string, files: Files): Promise<ReadonlySet<string>> {
  const above = [folder];
  while (above.length < patchLevels && !files.folders.includes(above.at(-1)!)) above.push(folderOf(above.at(-1)!));
  return new Set((await Promise.all(above.map((one) => patchesOf(one, files)))).flat());
}

async function patchesOf(folder: string, files: Files): Promise<string[]> {
  const found = await Promise.all(kustomizationFiles.map((name) => files.get(joined(folder, name))));
  const kustomization = found.find((file) => file !== undefined);
  return kustomization ? patchPathsOf(kustomization).map((path) => joined(folder, path)) : [];
}
