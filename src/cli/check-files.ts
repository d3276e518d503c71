// Checks files one after the other; what several threads do, each with its share.
import {
  checkFile,
  loadCluster,
  looksLikeKubernetes,
  parseSource,
  type Cluster,
  type ImageBehaviours,
  type ParsedFile,
  type Surroundings,
} from '../features/index.ts';
import type { CheckRequest } from './arguments.ts';
import type { CheckOutput } from './check-output.ts';
import { chooseCluster, presets } from './cluster-option.ts';
import { FileProblem, readSource } from './files.ts';
import { readImages } from './images.ts';

/** What every file is judged by. */
export interface CheckSettings {
  readonly cluster: Cluster;
  readonly preset: boolean;
  readonly images: ImageBehaviours | undefined;
  readonly namespace: string | undefined;
  readonly only: 'api' | undefined;
}

export function settingsOf(
  { clusters, images: imageFile, namespace, only }: CheckRequest,
  names: readonly string[],
): CheckSettings {
  const choice = chooseCluster(clusters, names);
  const images = readImages(imageFile);
  const cluster = loadCluster({ ...choice, images });
  if ('problem' in cluster) throw new FileProblem(cluster.problem);
  const preset = choice.assumed || clusters.every((name) => presets.includes(name));
  return { cluster, preset, images, namespace, only };
}

export function checkFiles(
  names: readonly string[],
  surroundings: Surroundings,
  settings: CheckSettings,
  output: CheckOutput,
): void {
  for (const name of names) {
    const file = output.attempt(() => manifestOf(name));
    if (file) output.add(checkFile(file, surroundings, settings), [file]);
  }
}

/** The parsed file, or undefined for one that has nothing of Kubernetes in it. */
export function manifestOf(name: string): ParsedFile | undefined {
  const source = readSource(name);
  return looksLikeKubernetes(source.text) ? parseSource(source) : undefined;
}
