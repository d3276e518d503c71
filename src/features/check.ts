// What will go wrong in a set of files: each as an apply of its own, in the light of what the others declare.
import { applyFiles, type ApplyRequest } from './apply.ts';
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
  const preset = request.preset && !surroundings.hasNodesFor(file);
  const cluster = surroundings.clusterFor(file, request.cluster, request.preset);
  return applyFiles({ ...request, cluster, preset, elsewhere: surroundings, files: [file] }).findings;
}

/** Judges all files as one apply. */
export function checkTogether(files: readonly ParsedFile[], request: CheckRequest): readonly LocatedFinding[] {
  const manifests = files.filter(isManifest);
  return manifests.length ? applyFiles({ ...request, files: manifests }).findings : [];
}
