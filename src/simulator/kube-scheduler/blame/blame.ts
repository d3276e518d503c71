// Who is to blame for a refusal: the field of the Pod that decides, and what stands against it on the other side. The real scheduler tells neither.
import type { ObjectRef } from '../../../api/object.ts';
import type { Cycle } from '../framework/plugin.ts';
import type { NodeInfo } from '../framework/node-info.ts';
import type { Shortage } from '../plugins/node-resources-fit.ts';

export interface Blame {
  /** In the Pod: `spec.containers[0].resources.requests[cpu]`; of what is missing, the field that would have it. */
  readonly path: string;
  /** A predicate of which the node is the subject: `has the taint dedicated=gpu:NoSchedule`. */
  readonly says: string;
  /** The other side: the Node's field, another Pod's term. */
  readonly other?: { readonly object: ObjectRef; readonly path: string };
  /** Of a resource that does not suffice. */
  readonly shortage?: Shortage;
}

/** Why a filter plugin refuses a node, asked after it did; the cycle is as its PreFilter left it. */
export type BlameOf = (cycle: Cycle, node: NodeInfo) => readonly Blame[];
