// What will go wrong in a set of files: each as an apply of its own, in the light of what the others declare.
import type { KubeObject } from '../api/object.ts';
import { loadObjects, withoutObjects } from '../simulator/index.ts';
import { applyFiles, type ApplyRequest } from './apply.ts';
import type { Cluster } from './cluster.ts';
import type { LocatedFinding } from './locate.ts';
import type { ParsedFile } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

type CheckRequest = Omit<ApplyRequest, 'files' | 'then' | 'elsewhere' | 'reach'>;

const isManifest = ({ manifest }: ParsedFile) =>
  manifest.documents.some((document) => document.isKubernetes || document.isTemplate);

/** Judges one file as an apply of its own. */
export function checkFile(
  file: ParsedFile,
  surroundings: Surroundings,
  request: CheckRequest,
): readonly LocatedFinding[] {
  if (!isManifest(file)) return [];
  const around = surroundings.around(file);
  const preset = request.preset && !surroundings.hasNodesFor(file);
  const settled = surroundings.clusterFor(file, request.cluster, request.preset);
  const cluster = around.length ? inhabited(settled, around, file) : settled;
  return applyFiles({ ...request, cluster, preset, elsewhere: surroundings, files: [file] }).findings;
}

/** The cluster with the objects around a file, and without the file's own. */
function inhabited(cluster: Cluster, around: readonly KubeObject[], file: ParsedFile): Cluster {
  const state = withoutObjects(
    loadObjects(cluster.state, around),
    file.declared.map(({ object }) => object),
  );
  return { ...cluster, objects: [...cluster.objects, ...around], state };
}

/** Judges all files as one apply. */
export function checkTogether(files: readonly ParsedFile[], request: CheckRequest): readonly LocatedFinding[] {
  const manifests = files.filter(isManifest);
  return manifests.length ? applyFiles({ ...request, files: manifests }).findings : [];
}
