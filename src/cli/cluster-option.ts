// Which cluster a run starts from: what --cluster names, else the nearest .applyscope/cluster.yaml, else the preset tutorial.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { looksLikeKubernetes, type SavedState } from '../features/index.ts';
import { FileProblem, findFiles, isFolder, readSource, type SourceFile } from './files.ts';
import { ownFile } from './own-file.ts';

export interface ClusterChoice {
  /** How it is called in messages. */
  readonly name: string;
  readonly sources: readonly SourceFile[];
  /** Nobody chose it: verdicts that hang on it are warnings. */
  readonly assumed: boolean;
  readonly settled?: SavedState;
}

export const presets = ['tutorial', 'kind', 'minikube', 'eks-like', 'empty'];

function preset(name: string): SourceFile {
  const file = ownFile(`../media/clusters/${name}.yaml`, `../../media/clusters/${name}.yaml`);
  return { name: `preset ${name}`, text: readFileSync(file, 'utf8') };
}

/** A preset's state at rest, which the build has written beside the bundle. */
function settledPreset(name: string): SavedState | undefined {
  const file = ownFile(`presets/${name}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SavedState) : undefined;
}

function presetChoice(name: string, assumed: boolean): ClusterChoice {
  const settled = settledPreset(name);
  return { name, sources: [preset(name)], assumed, ...(settled && { settled }) };
}

/** Reads what --cluster names (files, folders, presets), or finds the default from the first manifest's folder. */
export function chooseCluster(given: readonly string[], manifests: readonly string[]): ClusterChoice {
  const [only] = given;
  if (only !== undefined && given.length === 1 && isPreset(only)) return presetChoice(only, false);
  if (given.length > 0) {
    return { name: given.join(', '), sources: given.flatMap(sourcesOf), assumed: false };
  }
  const own = nearestClusterFile(manifests.find((file) => file !== '-') ?? '.');
  if (own !== undefined) return { name: own, sources: [readSource(own)], assumed: false };
  return presetChoice('tutorial', true);
}

/** A file or folder of the same name is meant before a preset. */
const isPreset = (given: string) => presets.includes(given) && !existsSync(given);

function sourcesOf(given: string): SourceFile[] {
  if (isPreset(given)) return [preset(given)];
  if (!existsSync(given)) {
    throw new FileProblem(`--cluster ${given}: no such file or folder, and no preset either (${presets.join(', ')})`);
  }
  const sources = findFiles([given], true).map(readSource);
  // a folder may have other files; one that was named is meant
  return isFolder(given) ? sources.filter(({ text }) => looksLikeKubernetes(text)) : sources;
}

/** `.applyscope/cluster.yaml` in the folder of a manifest or above it, up to the repository's root. */
function nearestClusterFile(manifest: string): string | undefined {
  let folder = path.resolve(path.dirname(manifest));
  for (;;) {
    const file = path.join(folder, '.applyscope', 'cluster.yaml');
    if (existsSync(file)) return path.relative('.', file) || file;
    const above = path.dirname(folder);
    if (existsSync(path.join(folder, '.git')) || above === folder) return undefined;
    folder = above;
  }
}
