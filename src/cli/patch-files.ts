// Files that kustomizations patch with. They are parts of objects, and nobody applies them: what is built with them is judged by `check -k`.
import path from 'node:path';
import { isObject } from '../base/json.ts';
import { kustomizationFiles, parseSource } from '../features/index.ts';
import { isFileProblem, readSource } from './files.ts';
import { folders } from './kustomize.ts';

/** A kustomization reads files in its folder and below; patches lie no deeper than this. */
const levels = 3;

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
    for (let level = 0; level < levels; level++, folder = path.dirname(folder)) {
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
  const said = file === undefined ? undefined : saidIn(file);
  if (!isObject(said)) return none;
  const { patches, patchesJson6902, patchesStrategicMerge } = said;
  const given = [patches, patchesJson6902, patchesStrategicMerge].flatMap((list): unknown[] =>
    Array.isArray(list) ? list : [],
  );
  const paths = given.map((one) => (isObject(one) ? one.path : one));
  return new Set(paths.flatMap((one) => (typeof one === 'string' ? path.resolve(folder, one) : [])));
}

/** What cannot be read says nothing: whoever asks for the file itself is told. */
function saidIn(file: string): unknown {
  try {
    return parseSource(readSource(file)).manifest.documents[0]?.object;
  } catch (problem) {
    if (isFileProblem(problem)) return undefined;
    throw problem;
  }
}

const none: ReadonlySet<string> = new Set();
