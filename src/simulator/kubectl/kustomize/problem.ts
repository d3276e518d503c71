// Why a kustomization is not built: kustomize refuses it, or does with it what is not modelled.

import { quote } from '../../../api/go-text.ts';

/** The entry of a kustomization that is to blame. */
export interface KustomizationPlace {
  /** The absolute path of the kustomization's folder. */
  readonly folder: string;
  readonly path: EntryPath;
}

/** The keys and indexes that lead to an entry; of nothing where the whole file is meant. */
export type EntryPath = readonly (string | number)[];

/** Thrown within this folder alone. */
export class KustomizeProblem extends Error {
  readonly isUnknown: boolean;
  /** Set on its way out, by the innermost who knows. */
  place: KustomizationPlace | undefined;

  constructor(message: string, isUnknown: boolean, place?: KustomizationPlace) {
    super(message);
    this.isUnknown = isUnknown;
    this.place = place;
  }
}

/** What goes wrong meanwhile goes wrong because of this entry of the folder's kustomization; without a folder it is of another file. */
export function blaming<T>(folder: string | undefined, path: EntryPath, work: () => T): T {
  try {
    return work();
  } catch (problem) {
    if (problem instanceof KustomizeProblem && folder !== undefined) problem.place ??= { folder, path };
    throw problem;
  }
}

/** Kustomize says this. */
export function refuse(message: string): never {
  throw new KustomizeProblem(message, false);
}

/** Nobody here knows what kustomize would make of this. */
export function notModelled(reason: string): never {
  throw new KustomizeProblem(reason, true);
}

/** What comes of it, or why it is refused. What is not modelled goes on its way. */
export function attempt<T>(work: () => T | KustomizeProblem): T | KustomizeProblem {
  try {
    return work();
  } catch (problem) {
    if (!(problem instanceof KustomizeProblem) || problem.isUnknown) throw problem;
    return problem;
  }
}

/** What is refused meanwhile is told with a prefix, and in quotes. */
export function quotedWithin<T>(prefix: string, work: () => T): T {
  return refusedAs((message) => `${prefix} ${quote(message)}`, work);
}

/** What is refused meanwhile is told with a prefix. */
export function within<T>(prefix: string, work: () => T): T {
  return refusedAs((message) => `${prefix}: ${message}`, work);
}

function refusedAs<T>(told: (message: string) => string, work: () => T): T {
  try {
    return work();
  } catch (problem) {
    if (!(problem instanceof KustomizeProblem) || problem.isUnknown) throw problem;
    throw new KustomizeProblem(told(problem.message), false, problem.place);
  }
}
