// Why a kustomization is not built: kustomize refuses it, or does with it what is not modelled.

import { quote } from '../../../api/go-text.ts';

/** Thrown within this folder alone. */
export class KustomizeProblem extends Error {
  readonly isUnknown: boolean;

  constructor(message: string, isUnknown: boolean) {
    super(message);
    this.isUnknown = isUnknown;
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
    return refuse(told(problem.message));
  }
}
