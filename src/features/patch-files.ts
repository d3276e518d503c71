// Files that kustomizations patch with. They are parts of objects, and nobody applies them: what is built with them is judged by `check -k`.
import { isObject } from '../base/json.ts';
import type { ParsedFile } from './sources.ts';

/** A kustomization reads files in its folder and below; patches lie no deeper than this. */
export const patchLevels = 3;

/** The paths of the files that a kustomization patches with, as it says them: from its folder. */
export function patchPathsOf({ manifest }: ParsedFile): readonly string[] {
  const said = manifest.documents[0]?.object;
  if (!isObject(said)) return [];
  const { patches, patchesJson6902, patchesStrategicMerge } = said;
  const given = [patches, patchesJson6902, patchesStrategicMerge].flatMap((list): unknown[] =>
    Array.isArray(list) ? list : [],
  );
  return given.map((one) => (isObject(one) ? one.path : one)).filter((one) => typeof one === 'string');
}
