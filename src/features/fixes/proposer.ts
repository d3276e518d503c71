// What proposers are given. A new fix is one file in proposers/, one test, and one line in registry.ts.
import type { Node, Pod } from '../../api/object.ts';
import type { PluginStatus } from '../../simulator/trace.ts';
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

/** A Pod that got no node, and where its spec is written. */
export interface PendingPod extends FixContext {
  readonly pod: Pod;
  readonly nodes: readonly Node[];
  /** The path, in what is written, of a path in the Pod. */
  readonly path: (own: string) => string;
}

/** Knows what would make one filter plugin take a node that it refuses. */
export interface PlacementProposer {
  readonly plugin: string;
  /** Each of the changes does it by itself. */
  propose(pending: PendingPod, node: Node, status: PluginStatus): readonly Change[];
}
