// What will go wrong in a set of files: each as an apply of its own, in the light of what the others declare.
import { copyWith } from '../base/copy.ts';
import { findingsOf, type ApplyRequest } from './apply.ts';
import type { LocatedFinding } from './locate.ts';
import type { ParsedFile } from './sources.ts';
import type { Surroundings } from './surroundings.ts';

export type CheckRequest = Omit<ApplyRequest, 'files' | 'then' | 'elsewhere' | 'reach'>;

const isManifest = ({ manifest }: ParsedFile) =>
  manifest.documents.some((document) => document.isKubernetes || document.isTemplate);

/** The apply of files: together, or of one file in the light of what others declare; undefined if there is nothing to apply. */
export function applyOf(
  files: readonly ParsedFile[],
  request: CheckRequest,
  surroundings?: Surroundings,
): ApplyRequest | undefined {
  const { cluster, preset, namespace, images, only } = request;
  const common = { cluster, preset, only, ...(namespace !== undefined && { namespace }), ...(images && { images }) };
  const manifests = files.filter(isManifest);
  const [file] = manifests;
  if (!file) return undefined;
  if (!surroundings) return { ...common, files: manifests };
  return copyWith(common, {
    files: [file],
    elsewhere: surroundings,
    preset: preset && !surroundings.hasNodesFor(file),
    cluster: surroundings.clusterFor(file, cluster, preset),
  });
}

/** Judges one file as an apply of its own. */
export function checkFile(
  file: ParsedFile,
  surroundings: Surroundings,
  request: CheckRequest,
): readonly LocatedFinding[] {
  const apply = applyOf([file], request, surroundings);
  return apply ? findingsOf(copyWith(apply, { brief: true })) : [];
}

/** Judges all files as one apply. */
export function checkTogether(files: readonly ParsedFile[], request: CheckRequest): readonly LocatedFinding[] {
  const apply = applyOf(files, request);
  return apply ? findingsOf(copyWith(apply, { brief: true })) : [];
}
