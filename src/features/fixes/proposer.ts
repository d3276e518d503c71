// What proposers are given. A new fix is one file in proposers/, one test, and one line in registry.ts.
import type { Applied, ApplyRequest } from '../apply.ts';
import type { LocatedFinding } from '../locate.ts';
import type { Declared } from '../sources.ts';
import type { Change } from './change.ts';

/** A finding, and the run that it was found in. */
export interface FixContext {
  readonly request: ApplyRequest;
  readonly applied: Applied;
  readonly finding: LocatedFinding;
  /** Where the object of the finding is written. */
  readonly declared: Declared;
}

export interface Proposer {
  /** The ids of the findings that it has something to say about. */
  readonly findings: readonly string[];
  propose(context: FixContext): readonly Change[];
}
