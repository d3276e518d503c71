// What will go wrong in a set of files: each as an apply of its own, in the light of what the others declare.
import { applyFiles, type Applied, type ApplyRequest } from './apply.ts';
import type { LocatedFinding } from './locate.ts';
import type { ParsedFile } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

type CheckRequest = Omit<ApplyRequest, 'files' | 'then' | 'elsewhere' | 'reach'>;

const isManifest = ({ manifest }: ParsedFile) =>
  manifest.documents.some((document) => document.isKubernetes || document.isTemplate);

/** One file as an apply of its own; undefined if it has nothing to apply. */
export function judgeFile(file: ParsedFile, surroundings: Surroundings, request: CheckRequest): Applied | undefined {
  if (!isManifest(file)) return undefined;
  const preset = request.preset && !surroundings.hasNodesFor(file);
  const cluster = surroundings.clusterFor(file, request.cluster, request.preset);
  return applyFiles({ ...request, cluster, preset, elsewhere: surroundings, files: [file] });
}

/** The findings of one file. */
export function checkFile(
  file: ParsedFile,
  surroundings: Surroundings,
  request: CheckRequest,
): readonly LocatedFinding[] {
  return judgeFile(file, surroundings, request)?.findings ?? [];
}

/** Several files as one apply; undefined if they have nothing to apply. */
export function judgeTogether(files: readonly ParsedFile[], request: CheckRequest): Applied | undefined {
  const manifests = files.filter(isManifest);
  return manifests.length ? applyFiles({ ...request, files: manifests }) : undefined;
}

/** The findings of several files that are applied together. */
export function checkTogether(files: readonly ParsedFile[], request: CheckRequest): readonly LocatedFinding[] {
  return judgeTogether(files, request)?.findings ?? [];
}
