// Leaves out the files that kustomizations patch with: nobody applies them.
import path from 'node:path';
import { kustomizationFiles, parseSource, patchLevels, patchPathsOf } from '../features/index.ts';
import { isFileProblem, readSource } from './files.ts';
import { folders } from './kustomize.ts';

/** The names without those of patches. */
export function withoutPatches(names: readonly string[]): string[] {
  const patches = new Map<string, ReadonlySet<string>>();
  const patchesOf = (folder: string) => {
    let found = patches.get(folder);
    if (!found) patches.set(folder, (found = patchesIn(folder)));
    return found;
  };
  return names.filter((name) => {
    if (name === '-') return true;
    const file = path.resolve(name);
    let folder = path.dirname(file);
    for (let level = 0; level < patchLevels; level++, folder = path.dirname(folder)) {
      if (patchesOf(folder).has(file)) return false;
    }
    return true;
  });
}

/** The files that the kustomization of a folder, if it has one, patches with. */
function patchesIn(folder: string): ReadonlySet<string> {
  const file = kustomizationFiles
    .map((name) => path.join(folder, name))
    .find((name) => folders.kindOf(name) === 'file');
  return new Set(file === undefined ? [] : pathsIn(file).map((one) => path.resolve(folder, one)));
}

/** What cannot be read says nothing: whoever asks for the file itself is told. */
function pathsIn(kustomization: string): readonly string[] {
  try {
    return patchPathsOf(parseSource(readSource(kustomization)));
  } catch (problem) {
    if (isFileProblem(problem)) return [];
    throw problem;
  }
}
